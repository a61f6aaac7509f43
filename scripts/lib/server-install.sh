# qBittorrent versions: which suite has them, where they are unpacked, how they are run. Sourced, never run.

versions=$cache/servers

suites_of() { # VERSION: the suites that may have it, the first choice first
    case $1 in
        4.5) echo bookworm ;;
        5.1) echo trixie ;;
        5.3) echo sid trixie-backports ;;
        *) echo "$1" ;;
    esac
}

oldest_of() { # VERSION: what is older than this does not pass for it
    case $1 in
        4.5 | 5.1) echo "$1" ;;
        5.3) echo 5.2 ;;
        *) echo 0 ;;
    esac
}

ensure_installed() { # VERSION
    [[ $1 =~ ^[a-z0-9.-]+$ ]] || die "$1 is neither a version nor a suite"
    [ -f "$versions/$1/version" ] || locked "$versions/.$1.lock" install_version "$1"
}

install_version() { # VERSION; one process at a time
    local version=$1 staging=$versions/.$1.staging suite
    if [ -f "$versions/$version/version" ]; then return; fi
    # A run that was cut off may have left one. What is in it was never used.
    rm -rf "$staging" "${versions:?}/$version"
    for suite in $(suites_of "$version"); do
        say "fetching qBittorrent $version from Debian $suite (about 30 MB, kept for later runs)"
        mkdir -p "$staging"
        if unpack_package qbittorrent-nox "$suite" "$(oldest_of "$version")" "$staging" &&
            name_openssl "$staging" && try_out "$staging"; then
            mv -T "$staging" "$versions/$version"
            say "qBittorrent $(installed_version "$version") is in $versions/$version"
            return
        fi
        rm -rf "$staging"
    done
    die "qBittorrent $version could not be installed"
}

# Qt 5 asks for OpenSSL by the name without a number, and would be given this system's where that name exists.
name_openssl() { # FOLDER
    local library
    for library in "$1"/root/usr/lib/*-linux-gnu/lib{ssl,crypto}.so.*; do
        ln -sf "$(basename "$library")" "${library%.so.*}.so"
    done
}

try_out() { # FOLDER
    local command home=$1/home
    server_command "$1" "$home"
    quietly "${command[@]}" --version && rm -rf "$home"
}

# The upstream part of the Debian version: 4.5.2 of 4.5.2-3+deb12u1.
installed_version() { # VERSION
    sed 's/^[0-9]*://; s/-[^-]*$//' "$versions/$1/version"
}

list_installed() {
    local file
    for file in "$versions"/*/version; do
        if [ -f "$file" ]; then
            file=$(basename "$(dirname "$file")")
            printf 'installed\t%s\t%s\n' "$file" "$(installed_version "$file")"
        fi
    done
}

# Sets the array `command` to what runs the server unpacked in FOLDER: its own loader, its own libraries, and nothing
# of the caller's environment.
server_command() { # FOLDER HOME
    local root=$1/root home=$2 loader
    # The file itself: the name in lib64 may be an absolute link, to this system's loader.
    loader=$(find "$root" -name 'ld-linux-*.so.*' -type f -print -quit)
    [ -n "$loader" ] || die "there is no loader in $root"
    # A server that starts or ends empties a folder below the one for temporary files. Servers that share it lose the
    # torrents they have made ("File open error" from the Torrent Creator).
    command=(
        env -i PATH=/usr/bin:/bin "HOME=$home" "TMPDIR=$home" LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC OPENSSL_CONF=/dev/null
        "QT_PLUGIN_PATH=$(search_path "$root"/usr/lib/*-linux-gnu/qt?/plugins)"
        "OPENSSL_MODULES=$(search_path "$root"/usr/lib/*-linux-gnu/ossl-modules)"
        "$loader" --argv0 qbittorrent-nox
        --library-path "$(search_path "$root"/{usr/lib,lib}/*-linux-gnu{,/libproxy})"
        "$root/usr/bin/qbittorrent-nox"
    )
}

search_path() { # FOLDER...: those that exist, with colons between them
    local folder path=''
    for folder in "$@"; do
        if [ -d "$folder" ]; then path+=:$folder; fi
    done
    echo "${path#:}"
}
