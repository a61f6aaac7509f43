"""What the vaults are opened with, what is remembered of them, and the one that most of them are made of."""

import nacl.bindings as sodium

from .writer import Entry, Slot, Vault, some

KEY_FILE = bytes(range(32))
HOST_KEY = bytes(range(32, 64))
RECOVERY = bytes(range(64, 84))
PASSPHRASE = b"opens for ever"

KEYS = {
    "key file": ("key file", KEY_FILE),
    "host": ("key file", HOST_KEY),
    "recovery code": ("recovery code", RECOVERY),
    "passphrase": ("passphrase", PASSPHRASE),
    "other key file": ("key file", bytes(32)),
    "other passphrase": ("passphrase", b"opens nothing"),
    "other recovery code": ("recovery code", bytes(20)),
}

key_file_slot = Slot("key file", KEY_FILE, "key-file")
passphrase_slot = Slot("passphrase", PASSPHRASE, "passphrase")
host_slot = Slot("host", HOST_KEY, "nas")
recovery_slot = Slot("recovery code", RECOVERY, "recovery")

password = Entry("default", "QBIT_PASSWORD", "schön & 🗝".encode(), attributes=[("a", b""), ("b", b"\x00\xff")])
username = Entry("default", "QBIT_USERNAME", b"admin")

WRITER = some("writer", 16)
OTHER_WRITER = some("other writer", 16)

base = Vault("base", [key_file_slot, passphrase_slot], [password, username])
other = Vault("other", [key_file_slot.but(id=some("another slot", 16))], [username])


def identity(vault):
    return sodium.crypto_sign_seed_keypair(vault.identity_seed)[0]


def pin(vault, counters, next_vault=None):
    said = {"identity": identity(vault).hex(), "vector": {writer.hex(): counter for writer, counter in counters}}
    if next_vault:
        said["next"] = identity(next_vault).hex()
    return said


PINS = {
    "as it is": pin(base, [(WRITER, 5)]),
    "older": pin(base, [(WRITER, 4)]),
    "newer": pin(base, [(WRITER, 6)]),
    "newer by another host": pin(base, [(WRITER, 5), (OTHER_WRITER, 1)]),
    "forked": pin(base, [(WRITER, 4), (OTHER_WRITER, 1)]),
    "another identity": pin(other, [(WRITER, 5)]),
    "next identity": pin(other, [(WRITER, 4)], base),
    "next identity, newer": pin(other, [(WRITER, 6)], base),
    "next of another": pin(other, [(WRITER, 4)], other),
}
