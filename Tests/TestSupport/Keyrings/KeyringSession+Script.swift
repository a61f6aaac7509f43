extension KeyringSession {
    /// Starts what its words say, says the process id of the keyring when it can be used, and stays until its standard
    /// input ends. A password for the keyring is the first line of that.
    static let script = #"""
        cd "$HOME" || exit
        export DBUS_SESSION_BUS_ADDRESS="unix:path=$HOME/bus"

        send() { # DESTINATION WORD...
            dest=$1
            shift
            dbus-send --print-reply=literal --dest="$dest" "$@" 2>&1
        }

        start() { # WORD...
            case $1 in
            unlocked)
                printf %s "$password" | gnome-keyring-daemon --unlock --components=secrets >&2
                gnome-keyring-daemon --start --components=secrets >&2 ;;
            without-collection) gnome-keyring-daemon --daemonize --components=secrets >&2 ;;
            keepassxc)
                printf '%s\n%s\n' "$password" "$password" |
                    keepassxc-cli import --quiet --set-password --decryption-time 100 kept.xml kept.kdbx >&2
                Xvfb -displayfd 3 -nolisten tcp 3> display >&2 &
                trap "kill $!" EXIT
                until_it_is_so test -s display
                # It is one program for all that have one folder for temporary files.
                printf '%s\n' "$password" | DISPLAY=:$(cat display) TMPDIR=$HOME \
                    keepassxc --config keepassxc.ini --localconfig local.ini --pw-stdin kept.kdbx >&2 & ;;
            imitation) printf %s "$password" | "$2" "$3" > said & ;;
            esac
        }

        until_it_is_so() { # COMMAND...
            tries=0
            until "$@" || test $tries -gt 400; do
                sleep 0.05
                tries=$((tries + 1))
            done
        }

        # Daemons say that they are ready before their name is on the bus, or what they keep is open.
        is_ready() {
            answer=$(send org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID \
                string:org.freedesktop.secrets) || return
            pid=${answer##* }
            test "$1" != keepassxc || is_locked false
        }

        is_gone() { ! send org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets; }

        is_locked() { # true|false
            send org.freedesktop.secrets /org/freedesktop/secrets/aliases/default org.freedesktop.DBus.Properties.Get \
                string:org.freedesktop.Secret.Collection string:Locked | grep -q "$1"
        }

        pid=0
        case $1 in
        restart)
            password=$(cat password)
            is_ready
            kill "$pid"
            until_it_is_so is_gone
            start unlocked
            until_it_is_so is_ready
            echo "$pid" > restarted
            exit ;;
        lock-keepassxc)
            send org.keepassxc.KeePassXC.MainWindow /keepassxc org.keepassxc.KeePassXC.MainWindow.lockAllDatabases
            until_it_is_so is_locked true
            exit ;;
        esac > /dev/null
        IFS= read -r password
        printf %s "$password" > password
        start "$@"
        test "$1" = none || until_it_is_so is_ready "$1"
        echo "$pid"
        cat
        """#

    /// A database as KeePassXC imports it, with one empty group that programs may use.
    static let keePassXCDatabase = """
        <?xml version="1.0" encoding="UTF-8"?>
        <KeePassFile><Meta><DatabaseName>kept</DatabaseName><CustomData><Item>
        <Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{00112233-4455-6677-8899-aabbccddeeff}</Value>
        </Item></CustomData></Meta>
        <Root><Group><UUID>ABEiM0RVZneImaq7zN3u/w==</UUID><Name>kept</Name></Group></Root></KeePassFile>
        """

    /// Programs get what they ask for, and nothing comes up at a first start.
    static let keePassXCSettings = """
        [General]
        ConfigVersion=2
        UpdateCheckMessageShown=true
        [GUI]
        CheckForUpdates=false
        [FdoSecrets]
        Enabled=true
        ShowNotification=false
        ConfirmAccessItem=false
        ConfirmDeleteItem=false
        """
}
