#!/usr/bin/env python3
"""Reads vaults, as Sources/CredentialStores/Vault/FORMAT.md says, and shares no code with the program that writes them.

    scripts/python scripts/vault-reader.py VAULT [KEY] [--pin FILE] [--values]
    scripts/python scripts/vault-reader.py --table FILE

KEY is --key-file FILE (32 bytes, for key files and hosts), --passphrase-file FILE (one newline at the end does not
count; - is standard input) or --recovery-file FILE (20 bytes, or a code as it is written down). Without one, only what needs no key is read and checked.
What the vault says is printed as JSON; the values too, as base64, with --values. A vault that is refused gives
{"reason": ...} and the exit status that FORMAT.md has for that reason.

A pin is {"identity": hex, "next": hex, "vector": {writer id in hex: counter}}; "next" may be left out.

With --table, the vaults that FILE speaks of are read one after another, and one JSON line is printed for each. FILE is
as Tests/CredentialStoresTests/Vault/Vectors/vectors.json is.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sys

import nacl.bindings as sodium
import nacl.exceptions

HIGHEST_SIZE = 65_536 + 24 + 4 + (1 << 24) + 16 + 64
KINDS = {1: "passphrase", 2: "key file", 3: "host", 4: "recovery code"}
SEED_LABELS = {"key file": b"qbitvault key file v1\n", "host": b"qbitvault host key v1\n",
               "recovery code": b"qbitvault recovery v1\n"}
ROLES = ["current", "pending", "sent", "previous", "abandoned"]
FIELD_PRIME = 2**255 - 19
LOW_ORDER = {0, 1, FIELD_PRIME - 1} | {
    int.from_bytes(bytes.fromhex(point), "little")
    for point in ("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")
}
LAST_DATE = 253_402_300_799
MOST_PASSPHRASES = 4


class Refused(Exception):
    """The reason is one of FORMAT.md's words."""


def check(holds, reason):
    if not holds:
        raise Refused(reason)


class Bytes:
    """Fields, one after another."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        check(len(self.data) - self.at >= count, "truncated")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, width):
        return int.from_bytes(self.take(width), "little")

    def label(self, longest):
        length = self.number(1)
        check(1 <= length <= longest, "label")
        return text(self.take(length), "label")

    def date(self):
        date = self.number(8)
        check(date <= LAST_DATE, "date")
        return date

    def end(self):
        check(self.at == len(self.data), "trailing")


def text(data, reason):
    try:
        decoded = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Refused(reason) from None
    check(not re.search(r"[\x00-\x1f\x7f-\x9f]", decoded), reason)
    return decoded


def read_frame(data):
    """Section 1: the header, what is associated with the payload, and the payload, signed by the header's identity."""
    check(len(data) <= HIGHEST_SIZE, "size")
    file = Bytes(data)
    check(file.take(8) == b"QBVAULT\n", "magic")
    check(file.number(2) == 1, "newer: version")
    check(file.number(2) == 0, "newer: flags")
    header_length = file.number(4)
    check(16 <= header_length <= 65_536, "header length")
    body = file.take(header_length - 16)
    nonce = file.take(24)
    payload_length = file.number(4)
    padded = payload_length - 16
    check(1_024 <= padded <= 1 << 24 and padded % 1_024 == 0, "payload length")
    payload = file.take(payload_length)
    signed = data[:file.at]
    signature = file.take(64)
    file.end()
    check(len(body) >= 48, "truncated")
    try:
        sodium.crypto_sign_open(signature + b"qbitvault file v1\n" + signed, body[16:48])
    except nacl.exceptions.BadSignatureError:
        raise Refused("signature") from None
    return body, data[:header_length], nonce, payload


def read_header(body):
    fields = Bytes(body)
    header = {"vault": fields.take(16), "identity": fields.take(32), "vector": {}, "slots": []}
    count = fields.number(2)
    check(1 <= count <= 256, "writers")
    last = b""
    for _ in range(count):
        writer = fields.take(16)
        counter = fields.number(8)
        check(1 <= counter <= 2**64 - 2, "writers")
        check(writer > last, "writers")
        header["vector"][writer] = counter
        last = writer
    count = fields.number(2)
    check(1 <= count <= 16, "slots")
    for _ in range(count):
        slot = read_slot(fields)
        for other in header["slots"]:
            check(slot["id"] != other["id"] and slot["name"] != other["name"], "slots")
        header["slots"].append(slot)
    fields.end()
    return header


def read_slot(fields):
    start = fields.at
    slot = {"id": fields.take(16)}
    kind = fields.number(1)
    check(kind in KINDS, "newer: slot kind")
    slot["kind"] = KINDS[kind]
    check(fields.number(1) == 0, "newer: slot flags")
    slot["created"] = fields.date()
    slot["name"] = fields.label(64)
    if slot["kind"] == "passphrase":
        operations = fields.number(4)
        check(1 <= operations <= 8, "cost")
        memory = fields.number(4)
        check(8 <= memory <= 1_048_576, "cost")
        check(operations * memory <= 4_194_304, "cost")
        slot["cost"] = {"operations": operations, "kib": memory}
    slot["public"] = fields.take(32)
    point = int.from_bytes(slot["public"], "little")
    check(point < FIELD_PRIME and point not in LOW_ORDER, "public key")
    slot["head"] = fields.data[start:fields.at]
    slot["sealed"] = fields.take(144)
    return slot


def compare_with_pin(header, pin):
    identities = [bytes.fromhex(pin[name]) for name in ("identity", "next") if pin.get(name)]
    check(header["identity"] in identities, "pinned: forged")
    seen = {bytes.fromhex(writer): counter for writer, counter in pin["vector"].items()}
    is_next = pin.get("next") and header["identity"] == bytes.fromhex(pin["next"])
    if is_next and len(seen) == 256 and len(header["vector"]) == 1:
        return
    writers = seen.keys() | header["vector"].keys()
    lower = any(header["vector"].get(writer, 0) < seen.get(writer, 0) for writer in writers)
    higher = any(header["vector"].get(writer, 0) > seen.get(writer, 0) for writer in writers)
    check(not (lower and higher), "pinned: forked")
    check(not lower, "pinned: rolled back")


def slot_key_pair(slot, key):
    """What `key`, a pair of its kind and its bytes, has as key pair in `slot`."""
    if slot["kind"] == "passphrase":
        seed = sodium.crypto_pwhash_alg(
            32, key[1], slot["id"], slot["cost"]["operations"], slot["cost"]["kib"] * 1_024,
            sodium.crypto_pwhash_ALG_ARGON2ID13)
    else:
        seed = blake2b(SEED_LABELS[slot["kind"]] + slot["id"] + key[1])
    return sodium.crypto_box_seed_keypair(seed)


def blake2b(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def unseal(header, key):
    """Section 3: the data key, and the slot it was in."""
    of_the_kind = {"key file": ("key file", "host")}.get(key[0], (key[0],))
    slots = [slot for slot in header["slots"] if slot["kind"] in of_the_kind]
    if key[0] == "passphrase":
        slots = slots[:MOST_PASSPHRASES]
    for slot in slots:
        public, private = slot_key_pair(slot, key)
        if public != slot["public"]:
            continue
        try:
            inside = sodium.crypto_box_seal_open(slot["sealed"], public, private)
        except nacl.exceptions.CryptoError:
            raise Refused("seal") from None
        check(inside[32:] == header["vault"] + slot["id"] + blake2b(slot["head"]), "binding")
        return inside[:32], slot
    raise Refused("no slot")


def open_payload(payload, associated, nonce, data_key):
    subkey = hashlib.blake2b(
        digest_size=32, key=data_key, salt=(1).to_bytes(16, "little"), person=b"qbvault1" + bytes(8)).digest()
    try:
        padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(payload, associated, nonce, subkey)
    except nacl.exceptions.CryptoError:
        raise Refused("payload") from None
    stripped = padded.rstrip(b"\0")
    check(stripped[-1:] == b"\x80" and len(padded) - len(stripped) < 1_024, "padding")
    return stripped[:-1]


def read_payload(data, identity):
    fields = Bytes(data)
    check(fields.number(2) == 0, "newer: payload flags")
    check(sodium.crypto_sign_seed_keypair(fields.take(32))[0] == identity, "identity")
    fields.take(32)  # the guard key
    length = fields.number(4)
    check(length <= 8 << 20, "index length")
    names, entries = read_index(Bytes(fields.take(length)))
    check(sum(entry["length"] for entry in entries) == len(data) - fields.at, "values")
    for entry in entries:
        entry["value"] = fields.take(entry["length"])
    return names, entries


def read_index(fields):
    count = fields.number(2)
    check(count <= 256, "names")
    names = {}
    last = b""
    for _ in range(count):
        writer = fields.take(16)
        label = fields.label(64)
        check(writer > last, "names")
        names[writer] = label
        last = writer
    count = fields.number(4)
    check(count <= 100_000, "entries")
    entries = []
    last = b""
    for _ in range(count):
        entry = read_entry(fields)
        place = b"\0".join([entry["server"].encode(), entry["name"].encode(), bytes([entry["role"]])])
        check(place > last, "entries")
        entries.append(entry)
        last = place
    fields.end()
    return names, entries


def read_entry(fields):
    entry = {"role": fields.number(1)}
    check(entry["role"] < len(ROLES), "newer: role")
    entry["server"] = fields.label(128)
    entry["name"] = fields.label(128)
    check(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", entry["name"]), "label")
    entry["created"] = fields.date()
    entry["changed"] = fields.date()
    entry["writer"] = fields.take(16)
    entry["origins"] = []
    for _ in range(fields.number(1)):
        length = fields.number(2)
        check(1 <= length <= 2_048, "origins")
        origin = text(fields.take(length), "origins")
        check(origin not in entry["origins"], "origins")
        entry["origins"].append(origin)
    entry["attributes"] = {}
    last = b""
    for _ in range(fields.number(2)):
        label = fields.label(64)
        entry["attributes"][label] = fields.take(fields.number(2))
        check(label.encode() > last, "attributes")
        last = label.encode()
    entry["length"] = fields.number(4)
    return entry


def read_vault(data, key=None, pin=None, values=False):
    """All that can be said of a vault, ready for JSON."""
    body, associated, nonce, payload = read_frame(data)
    header = read_header(body)
    if pin:
        compare_with_pin(header, pin)
    said = {
        "vault": header["vault"].hex(),
        "identity": header["identity"].hex(),
        "vector": {writer.hex(): counter for writer, counter in header["vector"].items()},
        "generation": sum(header["vector"].values()) % 2**64,
        "slots": [{"id": slot["id"].hex(), **{name: slot[name] for name in ("name", "kind", "created", "cost")
                                              if name in slot}} for slot in header["slots"]],
    }
    if key is None:
        return said
    data_key, slot = unseal(header, key)
    names, entries = read_payload(open_payload(payload, associated, nonce, data_key), header["identity"])
    said["opened"] = slot["name"]
    said["names"] = {writer.hex(): name for writer, name in names.items()}
    said["entries"] = [entry_for_json(entry, values) for entry in entries]
    return said


def entry_for_json(entry, values):
    said = {name: entry[name] for name in ("server", "name", "created", "changed", "origins", "length")}
    said["role"] = ROLES[entry["role"]]
    said["writer"] = entry["writer"].hex()
    said["attributes"] = [[label, base64.b64encode(data).decode()] for label, data in entry["attributes"].items()]
    if values:
        said["value"] = base64.b64encode(entry["value"]).decode()
    return said


def exit_status(reason):
    return 11 if reason == "no slot" else 16 if reason.startswith("pinned: ") else 18


def read_table(path):
    with open(path, encoding="utf-8") as file:
        table = json.load(file)
    for vector in table["vectors"]:
        with open(os.path.join(os.path.dirname(path), vector["file"]), "rb") as file:
            data = file.read()
        key = table["keys"][vector["key"]]
        pin = table["pins"].get(vector.get("pin"))
        try:
            said = read_vault(data, (key["kind"], bytes.fromhex(key["hex"])), pin, values=True)
        except Refused as refused:
            said = {"reason": str(refused)}
        print(json.dumps({"file": vector["file"], **said}))


def written_code(written):
    """Section 8: the bytes that a recovery code in writing stands for; what is none stays as it is."""
    code = written.decode("ascii", "replace").strip().upper().translate(str.maketrans("OIL", "011", "- "))
    digits = ["0123456789ABCDEFGHJKMNPQRSTVWXYZ".find(letter) for letter in code]
    number = 0
    for digit in digits:
        number = number * 32 + digit
    if len(digits) != 36 or -1 in digits or number % 1_048_517 != 1:
        return written
    return (number >> 20).to_bytes(20, "big")


def given_key(options):
    for kind, path, length in (("key file", options.key_file, 32), ("recovery code", options.recovery_file, 20),
                               ("passphrase", options.passphrase_file, None)):
        if path is None:
            continue
        with (sys.stdin.buffer if path == "-" else open(path, "rb")) as file:
            key = file.read()
        if length is None:
            key = key.removesuffix(b"\n")
        if length == 20 and len(key) != length:
            key = written_code(key)
        if length is not None and len(key) != length:
            sys.exit(f"vault-reader: {path} has {len(key)} bytes and not {length}")
        return kind, key
    return None


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("vault", nargs="?")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key-file")
    keys.add_argument("--passphrase-file")
    keys.add_argument("--recovery-file")
    keys.add_argument("--table")
    parser.add_argument("--pin")
    parser.add_argument("--values", action="store_true")
    options = parser.parse_args()
    if (options.vault is None) == (options.table is None):
        parser.error("give either a vault or --table")
    if options.table:
        read_table(options.table)
        return
    pin = None
    if options.pin:
        with open(options.pin, encoding="utf-8") as file:
            pin = json.load(file)
    key = given_key(options)
    with open(options.vault, "rb") as file:
        data = file.read(HIGHEST_SIZE + 1)
    try:
        print(json.dumps(read_vault(data, key, pin, options.values), indent=2, ensure_ascii=False))
    except Refused as refused:
        print(json.dumps({"reason": str(refused)}))
        sys.exit(exit_status(str(refused)))


if __name__ == "__main__":
    main()
