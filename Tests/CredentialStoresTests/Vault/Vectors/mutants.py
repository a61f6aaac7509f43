#!/usr/bin/env python3
"""Vaults with a few bytes changed, taken out or put in before they were encrypted and signed, so that the parsers behind
the signature see them: scripts/python mutants.py SEED COUNT

Prints a line of JSON for each: the file, and what scripts/vault-reader.py says of it with the key file of vectors.json.
"""

import base64
import importlib.util
import json
import os
import random
import sys

sys.dont_write_bytecode = True

from maker.common import (  # noqa: E402
    KEY_FILE, OTHER_WRITER, WRITER, base, host_slot, key_file_slot, password, recovery_slot, username)
from maker.writer import Entry, encrypted_and_signed, padded, u  # noqa: E402

READER = os.path.join(os.path.dirname(os.path.abspath(__file__)), *[".."] * 4, "scripts/vault-reader.py")
TELLING = [0, 1, 2, 3, 4, 5, 10, 65, 127, 128, 129, 194, 254, 255]

varied = base.but(
    slots=[key_file_slot, host_slot, recovery_slot], writers=sorted([(WRITER, 5), (OTHER_WRITER, 2)]),
    names=sorted([(WRITER, "one"), (OTHER_WRITER, "zwö")]),
    entries=[password.but(origins=["http://a:1", "http://b:2"]), username,
             Entry("nas", "TRACKER", b"abc", role=1, attributes=[("k", b"v"), ("l", b"w")])])


def changed(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        place, count = chance.randrange(len(data)), chance.choice([1, 1, 2, 8, 16])
        how = chance.randrange(5)
        if how == 0:
            data[place] ^= 1 << chance.randrange(8)
        elif how == 1:
            data[place] = chance.choice(TELLING)
        elif how == 2 and count < len(data):
            del data[place:place + count]
        elif how == 3:
            data[place:place] = bytes(chance.choice(TELLING) for _ in range(count))
        else:
            start = chance.randrange(len(data))
            data[place:place + count] = data[start:start + count]
    return bytes(data)


def mutant(chance):
    header, payload = varied.header(), varied.payload()
    if chance.random() < 0.5:
        body = changed(header[16:], chance)
        header = header[:12] + u(4, 16 + len(body)) + body
    else:
        # Behind the seeds: of those there is little to say.
        payload = padded(payload[:66] + changed(payload.rstrip(b"\0")[66:-1], chance))
    return encrypted_and_signed(varied, header, payload)


def main():
    spec = importlib.util.spec_from_file_location("vault_reader", READER)
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    chance = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        file = mutant(chance)
        try:
            said = {"entries": reader.read_vault(file, ("key file", KEY_FILE), values=True)["entries"]}
        except reader.Refused as refused:
            said = {"reason": str(refused)}
        print(json.dumps({"file": base64.b64encode(file).decode(), **said}))


if __name__ == "__main__":
    main()
