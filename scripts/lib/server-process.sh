# One server process: started, watched and ended by the record of its own instance. Sourced, never run.
#
# INSTANCE/process holds the process id and the start time that the kernel has for it. Both together name one process
# for ever, so that a number which was given to somebody else in the meantime is never signalled.

here=${here:?}

pid_of() { cut -d' ' -f1 "$1/process" 2> /dev/null; } # INSTANCE

is_running() { # INSTANCE
    local pid started stat fields
    { read -r pid started < "$1/process"; } 2> /dev/null || return 1
    # What follows the name (which may hold anything, in brackets): the state is the first field, the start the 20th.
    { read -r stat < "/proc/$pid/stat"; } 2> /dev/null || return 1
    read -ra fields <<< "${stat##*) }"
    [[ ${fields[0]} != [ZX] && ${fields[19]} = "$started" ]]
}

launch() { # VERSION INSTANCE [--owner PID]
    local version=$1 instance=$2 command keeper
    shift 2
    server_command "$versions/$version" "$instance"
    rm -f "$instance/process"
    # In a session of its own: an interrupt typed at a terminal is for the caller alone.
    (cd "$instance" && exec setsid python3 "$here/lib/server_keeper.py" "$@" "$instance" \
        "${command[@]}" "--profile=$instance/profile") < /dev/null > "$instance/log" 2>&1 &
    keeper=$!
    until [ -s "$instance/process" ]; do
        kill -0 "$keeper" 2> /dev/null || give_up "$instance" "the server could not be started"
        sleep 0.05
    done
}

await() { # INSTANCE: until its Web API answers, whatever it answers
    local instance=$1 url
    read -r url < "$instance/address"
    for _ in {1..300}; do
        is_running "$instance" || give_up "$instance" "the server ended at its start"
        if curl --silent --insecure --noproxy '*' --max-time 5 --output /dev/null "$url/api/v2/app/version"; then return; fi
        sleep 0.1
    done
    end "$instance"
    give_up "$instance" "the server does not answer at $url"
}

give_up() { # INSTANCE MESSAGE
    cat "$1/log" >&2 2> /dev/null || true
    die "$2"
}

end() { # INSTANCE
    local instance=$1 pid
    is_running "$instance" || return 0
    pid=$(pid_of "$instance")
    kill -TERM "$pid" 2> /dev/null || true
    for _ in {1..200}; do
        is_running "$instance" || return 0
        sleep 0.05
    done
    kill -KILL "$pid" 2> /dev/null || true
    while is_running "$instance"; do sleep 0.05; done
}
