"""Headers that are signed, bound to their payload, and wrong: FORMAT.md, sections 2 and 3."""

from .common import (
    HOST_KEY, KEY_FILE, OTHER_WRITER, PASSPHRASE, RECOVERY, WRITER, base, key_file_slot, other, passphrase_slot)
from .writer import Slot, some, u

LAST_DATE = 253_402_300_799
FIELD_PRIME = 2**255 - 19
LOW_ORDER = {
    "0": u(32, 0), "1": u(32, 1), "minus-1": u(32, FIELD_PRIME - 1),
    "of-order-8": bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    "of-order-8-too": bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
}


def bad_header():
    yield from writers()
    yield from counts_of_slots()
    for name, change, reason in [
            ("kind-0", {"code": 0}, "newer: slot kind"), ("kind-5", {"code": 5}, "newer: slot kind"),
            ("flags-1", {"flags": 1}, "newer: slot flags"), ("kind-and-flags", {"code": 9, "flags": 9},
                                                             "newer: slot kind"),
            ("date", {"created": LAST_DATE + 1}, "date"), ("date-highest", {"created": 2**64 - 1}, "date"),
            ("name-empty", {"name": ""}, "label"), ("name-long", {"name": "n" * 65}, "label"),
            ("name-line-feed", {"name": "a\nb"}, "label"), ("name-escape", {"name": "\x1b[2J"}, "label"),
            ("name-nul", {"name": "a\0"}, "label"), ("name-delete", {"name": "a\x7f"}, "label"),
            ("name-next-line", {"name": "a\u0085b"}, "label"), ("name-latin-1", {"name": b"caf\xe9"}, "label"),
            ("name-overlong", {"name": b"a\xc1\xa1"}, "label"), ("name-surrogate", {"name": b"\xed\xa0\x80"}, "label"),
            ("name-cut-off", {"name": b"\xf0\x9f\x97"}, "label"),
            ("name-above-unicode", {"name": b"\xf4\x90\x80\x80"}, "label")]:
        yield f"slot-{name}", one_slot(key_file_slot.but(**change)), reason
    for name, operations, memory in [
            ("operations-0", 0, 64), ("operations-9", 9, 64), ("operations-highest", 2**32 - 1, 64),
            ("memory-0", 1, 0), ("memory-7", 1, 7), ("memory-over", 1, 1_048_577), ("memory-4-tib", 1, 2**32 - 1),
            ("product", 5, 1_048_576), ("product-by-one", 8, 524_289), ("both-highest", 2**32 - 1, 2**32 - 1)]:
        yield f"cost-{name}", one_slot(
            passphrase_slot.but(cost=(operations, memory), derived_cost=(1, 8))), "cost", None, "passphrase"
    for name, point in LOW_ORDER.items():
        yield f"public-key-{name}", public_key(point), "public key"
    yield "public-key-prime", public_key(u(32, FIELD_PRIME)), "public key"
    yield "public-key-high-bit", public_key(key_file_slot.public_key()[:31] + b"\xff"), "public key"
    yield from keys()


def writers():
    both = sorted([(WRITER, 5), (OTHER_WRITER, 2)])
    for name, changed in {
            "reordered": both[::-1], "twice": [(WRITER, 5), (WRITER, 6)], "counter-0": [(WRITER, 0)],
            "counter-highest": [(WRITER, 2**64 - 1)], "none": [],
            "257": [(u(16, number << 8), 1) for number in range(257)]}.items():
        yield f"writers-{name}", base.but(writers=sorted(changed) if name == "257" else changed), "writers"
    yield "writers-more-than-there-are", base.but(writer_count=256), "writers"
    yield "header-cut-in-writer", base.but(header_cut=48 + 2 + 20), "truncated"
    yield "header-cut-in-slots", base.but(header_cut=-1), "truncated"
    yield "header-cut-in-slot-name", base.but(header_cut=48 + 2 + 24 + 2 + 16 + 2 + 8 + 4), "truncated"
    yield "header-left-over-byte", base.but(header_rest=b"\0"), "trailing"
    yield "header-left-over-slot", base.but(slot_count=1), "trailing"


def counts_of_slots():
    others = [Slot("host", some(f"host {number}", 32), f"host {number}") for number in range(17)]
    yield "slots-0", base.but(slots=[]), "slots"
    yield "slots-17", base.but(slots=others), "slots"
    yield "slots-highest", base.but(slot_count=2**16 - 1), "slots"
    yield "slots-one-id", base.but(slots=[key_file_slot, passphrase_slot.but(id=key_file_slot.id)]), "slots"
    yield "slots-one-name", base.but(slots=[key_file_slot, passphrase_slot.but(name=key_file_slot.name)]), "slots"
    yield "slots-one-twice", base.but(slots=[key_file_slot, key_file_slot]), "slots"
    yield "slots-more-than-there-are", base.but(slot_count=3), "truncated"


def one_slot(slot):
    return base.but(slots=[slot])


def public_key(point):
    return one_slot(key_file_slot.but(public=point, sealed=some("sealed", 144)))


def keys():
    """The header holds, and the key does not fit, or what it opens is not this vault's."""
    yield "key-file-of-another", base, "no slot", None, "other key file"
    yield "passphrase-of-another", base, "no slot", None, "other passphrase"
    yield "recovery-code-of-another", one_slot(
        Slot("recovery code", RECOVERY, "recovery")), "no slot", None, "other recovery code"
    yield "no-slot-of-the-kind", base, "no slot", None, "recovery code"
    # The seeds of the kinds differ, so that a slot cannot be passed off as another kind's.
    yield "key-file-as-host", one_slot(key_file_slot.but(code=3)), "no slot"
    yield "host-as-key-file", one_slot(Slot("host", HOST_KEY, "nas", code=2)), "no slot", None, "host"
    others = [Slot("passphrase", f"other {number}".encode(), f"passphrase {number}") for number in range(4)]
    yield "fifth-passphrase", base.but(slots=[*others, passphrase_slot]), "no slot", None, "passphrase"
    yield "passphrase-with-newline", one_slot(
        Slot("passphrase", PASSPHRASE + b"\n", "passphrase")), "no slot", None, "passphrase"
    yield "cost-changed", one_slot(passphrase_slot.but(cost=(2, 8), derived_cost=(1, 8))), "no slot", None, "passphrase"
    sealed = key_file_slot.encode(base.vault_id, base.data_key)[-144:]
    yield "seal-flipped", one_slot(
        key_file_slot.but(sealed=sealed[:70] + bytes([sealed[70] ^ 1]) + sealed[71:])), "seal"
    yield "seal-for-another", one_slot(
        key_file_slot.but(sealed=Slot("key file", KEY_FILE, "k").encode(base.vault_id, base.data_key)[-144:])), "seal"
    yield "seal-of-low-order", one_slot(key_file_slot.but(sealed=bytes(32) + sealed[32:])), "seal"
    # A slot that is right in another vault, or was before somebody changed its name or date.
    moved = other.slots[0]
    yield "slot-of-another-vault", one_slot(
        moved.but(sealed=moved.encode(other.vault_id, other.data_key)[-144:])), "binding"
    yield "bound-to-another-vault", one_slot(key_file_slot.but(bound_vault=other.vault_id)), "binding"
    yield "bound-to-another-slot", one_slot(key_file_slot.but(bound_id=passphrase_slot.id)), "binding"
    yield "bound-to-another-name", one_slot(
        key_file_slot.but(bound_head=key_file_slot.but(name="friendly").head())), "binding"
    yield "bound-to-another-date", one_slot(
        key_file_slot.but(bound_head=key_file_slot.but(created=1).head())), "binding"
