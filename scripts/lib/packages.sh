# Debian packages that something here needs. Sourced, never run.

# The Swift toolchain's own needs on a bare Debian 12 come first, then the libraries that the program is linked with.
packages_build=(
    binutils ca-certificates git libc6-dev libcurl4 libncurses6 libsqlite3-0 libstdc++-12-dev libxml2 tzdata zlib1g-dev
    libsecret-1-dev libsodium-dev libyaml-dev pkg-config
)
# scripts/qbittorrent-server.
packages_server=(ca-certificates curl python3)
# A session bus and keyrings (dbus-x11 is the session bus that starts no service; KeePassXC wants a screen), proxies, and
# what tests compare with.
# systemd's own programs judge the units that are printed; it need not be what this machine runs.
# Where systemd runs, Debian starts an nginx of its own at port 80; the tests start theirs with files and ports of their own.
packages_tests=(
    curl dbus-daemon dbus-x11 faketime gnome-keyring iproute2 keepassxc libsecret-tools nginx openssl python3 python3-venv
    strace systemd tinyproxy-bin xvfb
)
# What benchmarks compare with.
packages_benchmarks=(age curl python3 python3-venv wrk)

is_installed() { [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]; }

ensure_packages() { # PACKAGE...
    command -v dpkg-query > /dev/null || die "this is not a Debian system; install the like of: $*"
    local package missing=() root=()
    for package in "$@"; do
        is_installed "$package" || [[ " ${missing[*]} " = *" $package "* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null || die "as root, please: apt-get install --no-install-recommends ${missing[*]}"
        root=(sudo)
        # Nobody is there to type a password.
        [ -t 0 ] || root+=(-n)
    fi
    say "installing ${missing[*]}"
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    quietly "${apt[@]}" update || die "the lists of packages could not be fetched"
    quietly "${apt[@]}" install --no-install-recommends "${missing[@]}" || die "packages could not be installed"
}
