# What every script here starts with. Sourced, never run.

# What is fetched or made once and kept between runs.
# shellcheck disable=SC2034  # not every script uses it
cache=${QBITVAULT_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME or QBITVAULT_CACHE must be set}/.cache}/qbitvault}

# Progress goes to standard error: standard output is for results.
say() { printf '%s\n' "$*" >&2; }

die() {
    say "$(basename "$0"): $*"
    exit 1
}

# Runs COMMAND while no other process holds FILE's lock. COMMAND and what it leaves running do not inherit the lock.
locked() { # FILE COMMAND...
    local file=$1 descriptor status=0
    shift
    mkdir -p "$(dirname "$file")"
    exec {descriptor}> "$file"
    if ! flock -n "$descriptor"; then
        say "waiting for another process that holds $file"
        flock "$descriptor"
    fi
    ("$@") {descriptor}>&- || status=$?
    exec {descriptor}>&-
    return $status
}

# Runs COMMAND with its output put aside, and shows that output only when it fails.
quietly() { # COMMAND...
    local output
    if output=$("$@" 2>&1); then return 0; fi
    printf '%s\n' "$output" >&2
    return 1
}
