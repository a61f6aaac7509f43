"""Vaults that must open: name, vault, the key that opens it, the pin that it is looked at with."""

from .common import base, host_slot, key_file_slot, passphrase_slot, password, recovery_slot, username
from .writer import Entry, Slot, Vault, some

LAST_DATE = 253_402_300_799


def slots_of_every_kind():
    slots = [host_slot, recovery_slot, key_file_slot]
    slots += [Slot("passphrase", f"other {number}".encode(), f"passphrase {number}") for number in range(3)]
    slots += [passphrase_slot.but(cost=(2, 64))]
    slots += [Slot("host", some(f"host {number}", 32), f"host {number}") for number in range(5)]
    slots += [Slot("key file", some(f"key {number}", 32), f"key {number}") for number in range(3)]
    return slots + [Slot("recovery code", some("recovery", 20), "second recovery")]


def entries_of_every_role():
    entries = [Entry(server, "TRACKER", f"{server} {role}".encode(), role=role)
               for server in ("default", "nas") for role in range(5)]
    entries[3] = entries[3].but(attributes=[("A", b"1"), ("a", b""), ("a b", bytes(300)),
                                            ("a\u0308", b"looks the same"), ("\u00e4", "spät".encode())])
    return entries


def greatest():
    writers = [(number.to_bytes(16, "big"), 2**64 - 2 if number == 7 else 1) for number in range(256)]
    origins = ["https://" + "o" * 2_040] + [f"http://localhost:{port}" for port in range(1, 255)]
    entry = Entry("s" * 128, "N" * 128, b"\x80" + bytes(1_000), created=LAST_DATE, changed=LAST_DATE, origins=origins,
                  attributes=[("a" * 64, b"\xff" * 4_096)])
    slots = [key_file_slot.but(name="n" * 64, created=LAST_DATE),
             Slot("passphrase", b"", "dear", cost=(4, 1_048_576), derived_cost=(1, 8)),
             Slot("passphrase", b"", "dear too", cost=(8, 524_288), derived_cost=(1, 8))]
    return Vault("greatest", slots, [entry], writers=writers,
                 names=[(writer, "h" * 64) for writer, _ in writers])


def same_looks():
    composed, decomposed = "\u00e9", "e\u0301"
    entries = [Entry(decomposed, "TRACKER", b"decomposed"), Entry(composed, "TRACKER", b"composed")]
    return Vault("looks", [key_file_slot.but(name=composed), host_slot.but(name=decomposed)], entries)


def exactly_full_blocks():
    """Without padding the payload has a multiple of 1,024 bytes, so that a whole block of padding follows."""
    vault = Vault("full", [key_file_slot], [username])
    content = len(vault.payload().rstrip(b"\0")) - 1
    return vault.but(entries=[username.but(value=b"v" * (len(username.value) + 2_048 - content))])


def good():
    every = Vault("every", slots_of_every_kind(), [password, username])
    roles = Vault("roles", [key_file_slot], entries_of_every_role())
    yield "base", base, "key file", "as it is"
    yield "base", base, "passphrase", "older"
    yield "base", base, "key file", "next identity"
    yield "host", Vault("host", [host_slot], [password]), "host", None
    yield "recovery", Vault("recovery", [recovery_slot], [password]), "recovery code", None
    for key in ("key file", "passphrase", "host", "recovery code"):
        yield "every-kind", every, key, None
    yield "no-entries", Vault("none", [key_file_slot], [], names=[]), "key file", None
    yield "roles", roles, "key file", None
    yield "greatest", greatest(), "key file", None
    yield "looks-the-same", same_looks(), "key file", None
    yield "looks-the-same", same_looks(), "host", None
    yield "full-blocks", exactly_full_blocks(), "key file", None

