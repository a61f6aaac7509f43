"""Writes the settings of one server: loopback alone, no search for peers, and what the caller asks for.

    server_profile.py INSTANCE [--keep] [OPTION]...       (the options are those of `qbittorrent-server start`)

INSTANCE/address gets two lines: the address of the Web UI, and the name of its user.
"""

import argparse
import base64
import hashlib
import ipaddress
import os
import secrets
import socket
import sys

from qt_settings import Settings, private, quoted

# Below the range that the kernel takes the ports of outgoing connections from, and above the one that tests use.
PORTS = range(18_000, 32_000)

QUIET = {
    "LegalNotice/Accepted": "true",
    "Application/FileLogger/Enabled": "false",
    "BitTorrent/Session/DHTEnabled": "false",
    "BitTorrent/Session/PeXEnabled": "false",
    "BitTorrent/Session/LSDEnabled": "false",
    "BitTorrent/Session/Interface": "lo",
    "BitTorrent/Session/InterfaceName": "lo",
    "BitTorrent/Session/InterfaceAddress": "127.0.0.1",
    "BitTorrent/Session/Port": "0",
    "Network/PortForwardingEnabled": "false",
    "Preferences/Connection/UPnP": "false",
    "Preferences/Connection/ResolvePeerCountries": "false",
    "Preferences/DynDNS/Enabled": "false",
    "Preferences/General/Locale": "en",
    "Preferences/WebUI/Enabled": "true",
    "Preferences/WebUI/UseUPnP": "false",
    "Preferences/WebUI/LocalHostAuth": "true",
}


def main():
    options = arguments()
    instance = options.instance
    settings = Settings(f"{instance}/profile/qBittorrent/config/qBittorrent.conf")
    kept = options.keep and os.path.exists(settings.path)
    if kept:
        settings.read()
    else:
        make_new(settings, options)
    apply(settings, options)
    address = settings.get("Preferences/WebUI/Address", "127.0.0.1")
    port = int(settings.get("Preferences/WebUI/Port", "8080"))
    if not is_free(address, port):
        sys.exit(f"qbittorrent-server: port {port} of {address} is taken")
    settings.write()
    scheme = "https" if settings.get("Preferences/WebUI/HTTPS/Enabled", "false") == "true" else "http"
    user = options.user or (kept and read_user(instance)) or "admin"
    with open(f"{instance}/address", "w", encoding="utf-8") as file:
        file.write(f"{scheme}://{f'[{address}]' if ':' in address else address}:{port}\n{user}\n")


def make_new(settings, options):
    """What a caller may leave out when the profile is kept, and may not when it is new."""
    os.makedirs(f"{options.instance}/downloads", exist_ok=True)
    for name, value in QUIET.items():
        settings[name] = value
    settings["BitTorrent/Session/DefaultSavePath"] = quoted(f"{options.instance}/downloads")
    options.user = options.user or "admin"
    options.address = options.address or ipaddress.ip_address("127.0.0.1")
    options.port = options.port or free_port(str(options.address), options.spread)
    if not options.password_stdin:
        settings["Preferences/WebUI/Password_PBKDF2"] = hashed(make_password(f"{options.instance}/password"))


def apply(settings, options):
    if options.address:
        settings["Preferences/WebUI/Address"] = str(options.address)
    if options.port:
        settings["Preferences/WebUI/Port"] = str(options.port)
    if options.user:
        settings["Preferences/WebUI/Username"] = quoted(options.user)
    if options.password_stdin:
        settings["Preferences/WebUI/Password_PBKDF2"] = hashed(sys.stdin.buffer.read().removesuffix(b"\n"))
    if options.https:
        settings["Preferences/WebUI/HTTPS/Enabled"] = "true"
        settings["Preferences/WebUI/HTTPS/CertificatePath"] = quoted(options.https[0])
        settings["Preferences/WebUI/HTTPS/KeyPath"] = quoted(options.https[1])
    for line in options.set:
        name, _, value = line.partition("=")
        settings[name] = value


def make_password(path):
    password = secrets.token_urlsafe(24)
    with open(path, "w", encoding="ascii", opener=private) as file:
        file.write(password)
    return password.encode()


def hashed(password):
    salt = secrets.token_bytes(16)
    key = hashlib.pbkdf2_hmac("sha512", password, salt, 100_000, 64)
    return '"@ByteArray({}:{})"'.format(*(base64.b64encode(part).decode() for part in (salt, key)))


def free_port(address, spread):
    """The first free one after a place of the caller's own, so that two that look at once do not find the same."""
    first = spread * 7 % len(PORTS)
    return next(port for port in [*PORTS[first:], *PORTS[:first]] if is_free(address, port))


def is_free(address, port):
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
        return True


def read_user(instance):
    with open(f"{instance}/address", encoding="utf-8") as file:
        return file.read().split("\n")[1]


def arguments():
    parser = argparse.ArgumentParser(
        prog="qbittorrent-server start", usage="%(prog)s VERSION [OPTION]...", add_help=False, allow_abbrev=False
    )
    parser.add_argument("instance")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--spread", type=int, default=0, help="a number that no start at the same time has")
    parser.add_argument("--address", type=ipaddress.ip_address)
    parser.add_argument("--port", type=int)
    parser.add_argument("--user")
    parser.add_argument("--password-stdin", action="store_true")
    parser.add_argument("--https", nargs=2)
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    if options.address and not options.address.is_loopback:
        parser.error(f"{options.address} is not a loopback address")
    if options.user and not options.user.isprintable():
        parser.error("the name of the user has unprintable letters")
    return options


main()
