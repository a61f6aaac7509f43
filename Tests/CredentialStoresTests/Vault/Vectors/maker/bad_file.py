"""What is wrong with the file as a whole: FORMAT.md, sections 1, 5 and 6."""

import nacl.bindings as sodium

from .common import base, identity, key_file_slot, other, username
from .writer import Slot, Vault, some, u

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


def bad_file():
    good = base.encode()
    header, payload = len(base.header()), len(base.payload()) + 16
    for name, count in {
            "nothing": 0, "in-magic": 5, "in-version": 9, "in-flags": 10, "in-header-length": 15, "in-vault-id": 20,
            "in-slot": header - 200, "in-nonce": header + 23, "in-payload-length": header + 24 + 2,
            "at-payload": header + 28, "in-payload": header + 28 + payload - 1, "at-signature": len(good) - 64,
            "in-signature": len(good) - 1}.items():
        yield f"cut-{name}", good[:count], "truncated"
    yield "magic", b"QBVAULU\n" + good[8:], "magic"
    yield "magic-carriage-return", good.replace(b"QBVAULT\n", b"QBVAULT\r\n", 1), "magic"
    yield "version-0", base.but(version=0), "newer: version"
    yield "version-2", base.but(version=2), "newer: version"
    yield "flags-1", base.but(flags=1), "newer: flags"
    yield "flags-highest", base.but(flags=0x8000), "newer: flags"
    yield "header-length-15", base.but(header_length=15), "header length"
    yield "header-length-65537", base.but(header_length=65_537), "header length"
    yield "header-length-highest", base.but(header_length=2**32 - 1), "header length"
    yield "header-length-behind-end", base.but(header_length=60_000), "truncated"
    yield "header-length-16", base.but(header_cut=0), "truncated"
    yield "header-without-identity", base.but(header_cut=47), "truncated"
    yield "payload-length-16", base.but(encrypted_change=lambda data: data[:16]), "payload length"
    yield "payload-length-odd", base.but(encrypted_change=lambda data: data + b"\0"), "payload length"
    yield "payload-length-over", base.but(payload_length=(16 << 20) + 1_024 + 16), "payload length"
    yield "payload-length-highest", base.but(payload_length=2**32 - 1), "payload length"
    yield "payload-length-behind-end", base.but(payload_length=16 << 20 | 16), "truncated"
    yield "left-over-byte", base.but(rest=b"\0"), "trailing"
    yield "left-over-line-feed", base.but(rest=b"\n"), "trailing"
    yield "twice", good + good, "trailing"
    yield from signatures(good, header)
    yield from memory()


def signatures(good, header):
    for name, place in {
            "vault-id": 16, "identity": 40, "counter": 16 + 48 + 2 + 16, "slot": header - 150, "nonce": header + 3,
            "payload": header + 28 + 100, "signature": len(good) - 60, "signature-scalar": len(good) - 10}.items():
        yield f"flipped-{name}", good[:place] + bytes([good[place] ^ 4]) + good[place + 1:], "signature"
    yield "slots-swapped-unsigned", base.but(
        slots=base.slots[::-1], encrypted_header=base.header(), signature=good[-64:]), "signature"
    yield "signed-by-another", base.but(signing_seed=other.identity_seed), "signature"
    yield "signed-without-its-name", base.but(
        signature=sodium.crypto_sign(good[:-64], sodium.crypto_sign_seed_keypair(base.identity_seed)[1])[:64]
    ), "signature"
    yield "header-of-another-unsigned", other.header() + good[header:], "signature"
    # With a point of low order as identity, this signature is right for every file, to whoever does not look.
    yield "identity-of-low-order", base.but(
        identity=u(32, 1), signature=u(32, 1) + bytes(32)), "signature"
    scalar = int.from_bytes(good[-32:], "little") + GROUP_ORDER
    yield "signature-unreduced", good[:-32] + u(32, scalar), "signature"


def memory():
    """Sound files that a host knows better than: with the name of the pin that it has."""
    yield "pinned-older", base, "pinned: rolled back", "newer"
    yield "pinned-older-than-another-host", base, "pinned: rolled back", "newer by another host"
    yield "pinned-forked", base, "pinned: forked", "forked"
    yield "pinned-forged", base, "pinned: forged", "another identity"
    yield "pinned-next-older", base, "pinned: rolled back", "next identity, newer"
    yield "pinned-next-of-another", base, "pinned: forged", "next of another"
    yield "pinned-forged-without-a-fitting-key", other, "pinned: forged", "as it is"
    # Who can write the file knows the public keys of its slots, and can seal a data key to them.
    minted = Vault("minted", [], [username], vault_id=base.vault_id, writers=[(base.writers[0][0], 900)])
    imitation = Slot("key file", None, key_file_slot.name, id=key_file_slot.id, public=key_file_slot.public_key())
    yield "minted-for-public-slots", minted.but(slots=[imitation]), "pinned: forged", "as it is"
    yield "minted-in-our-name", minted.but(
        slots=[imitation], identity=identity(base), seed_inside=some("guess", 32)), "signature", "as it is"
    yield "damaged-and-older", base.but(slots=[]), "slots", "newer"
    yield "older-and-another-key", base, "pinned: rolled back", "newer", "other key file"
