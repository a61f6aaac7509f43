# Debian packages of any suite, unpacked into a folder by a private apt. Sourced, never run.

# The archive that this machine's own apt is set up with; the other suites are on it too.
debian_archive() {
    if [ -n "${QBITVAULT_DEBIAN_ARCHIVE:-}" ]; then
        echo "$QBITVAULT_DEBIAN_ARCHIVE"
        return
    fi
    # Security updates are on an archive of their own, which does not have the other suites.
    apt-get update --print-uris 2> /dev/null | sed -n "/-security\//d; s#^'\(.*debian/*\)/dists/.*/InRelease'.*#\1#p" | head -n 1 |
        grep . || echo http://deb.debian.org/debian
}

# Sets the array `apt` to the options of an apt that knows one suite alone and writes below FOLDER alone.
private_apt() { # FOLDER SUITE
    local folder=$1 suite=$2 base=${2%-backports} archive
    archive=$(debian_archive)
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/state"
    : > "$folder/state/status"
    local line="deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive"
    echo "$line $suite main" > "$folder/sources.list"
    # Backports stand on the suite that they are for.
    if [ "$base" != "$suite" ]; then echo "$line $base main" >> "$folder/sources.list"; fi
    # A copy of the archive that stands still is good enough here; its signature is checked all the same.
    apt=(
        -q -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
        -o "Dir::State=$folder/state" -o "Dir::State::lists=$folder/lists" -o "Dir::State::status=$folder/state/status"
        -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root
        -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none -o Acquire::Retries=3
        -o APT::Install-Recommends=false -o "APT::Architectures=$(dpkg --print-architecture)"
        -t "$suite"
    )
}

# Unpacks PACKAGE of SUITE, and all that it depends on, into FOLDER/root; FOLDER/version says which version it is.
# No script of a package runs. Fails when the suite has none, or only one older than LEAST.
unpack_package() { # PACKAGE SUITE LEAST FOLDER
    local package=$1 suite=$2 least=$3 folder=$4 apt version archive
    private_apt "$folder/apt" "$suite"
    quietly apt-get "${apt[@]}" update || return 1
    version=$(apt-cache "${apt[@]}" policy "$package" | sed -n 's/^ *Candidate: \([0-9]\)/\1/p')
    if ! dpkg --compare-versions "${version:-0}" ge "$least"; then
        say "Debian $suite has $package ${version:-in no version}, which is older than $least"
        return 1
    fi
    quietly apt-get "${apt[@]}" -y --download-only install "$package" || return 1
    mkdir -p "$folder/root"
    for archive in "$folder"/apt/cache/archives/*.deb; do
        dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$folder/root" --no-same-owner --keep-directory-symlink \
            --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' \
            --exclude='./usr/share/mime' --exclude='./usr/lib/*/gconv' || return 1
    done
    rm -rf "$folder/apt"
    echo "$version" > "$folder/version"
}
