#!/usr/bin/env python3
"""Makes the vaults beside this file and the table that names them, vectors.json: scripts/python make.py [--check]

The same bytes come out each time. With --check nothing is written, and what is not as it would be written is an error.
The two vaults in the folder itself were written by the program; they stay as they are.
"""

import base64
import json
import os
import sys

sys.dont_write_bytecode = True

from maker.bad_file import bad_file
from maker.bad_header import bad_header
from maker.bad_payload import bad_payload
from maker.common import KEYS, PINS
from maker.good import good

HERE = os.path.dirname(os.path.abspath(__file__))
ROLES = ["current", "pending", "sent", "previous", "abandoned"]


def written_by_the_program():
    local, both = ["http://localhost:8080"], ["http://localhost:8080", "https://nas.example:443/qbt"]
    entries = [
        ("default", "BYTES", bytes(range(256)), local), ("default", "EMPTY", b"", local),
        ("default", "QBIT_PASSWORD", "schön & 🗝".encode(), both), ("default", "QBIT_USERNAME", b"admin", local),
        ("nas", "TRACKER", b"long " + b"l" * 3_000, ["https://[2001:db8::1]:8443"])]
    for name, key in (("key-file", "key file"), ("passphrase", "passphrase")):
        yield {"file": f"{name}.vault", "key": key, "generation": 7, "entries": [
            said(server, name, "current", value, origins, []) for server, name, value, origins in entries]}


def said(server, name, role, value, origins, attributes):
    return {
        "server": server, "name": name, "role": role, "value": base64.b64encode(value).decode(), "origins": origins,
        "attributes": [[label, base64.b64encode(data).decode()] for label, data in attributes]}


def good_vectors():
    for name, vault, key, pin in good():
        vector = {"file": f"good/{name}.vault", "key": key}
        if pin:
            vector["pin"] = pin
        vector["generation"] = sum(counter for _, counter in vault.writers) % 2**64
        vector["entries"] = [
            said(entry.server, entry.name, ROLES[entry.role], entry.value, entry.origins, entry.attributes)
            for entry in vault.entries]
        yield vector, vault.encode()


def bad_vectors():
    for name, vault, reason, *rest in [*bad_file(), *bad_header(), *bad_payload()]:
        pin, key = rest + [None] * (2 - len(rest))
        vector = {"file": f"bad/{name}.vault", "key": key or "key file"}
        if pin:
            vector["pin"] = pin
        vector["reason"] = reason
        yield vector, vault if isinstance(vault, bytes) else vault.encode()


def main():
    vectors, files = list(written_by_the_program()), {}
    for vector, data in [*good_vectors(), *bad_vectors()]:
        assert files.get(vector["file"], data) == data, vector["file"]
        assert "reason" not in vector or vector["file"] not in files, vector["file"]
        vectors.append(vector)
        files[vector["file"]] = data
    table = {
        "keys": {name: {"kind": kind, "hex": key.hex()} for name, (kind, key) in KEYS.items()},
        "pins": PINS,
        "vectors": vectors,
    }
    files["vectors.json"] = (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode()
    there = {f"{folder}/{name}" for folder in ("good", "bad") if os.path.isdir(os.path.join(HERE, folder))
             for name in os.listdir(os.path.join(HERE, folder))}
    if sys.argv[1:] == ["--check"]:
        wrong = sorted(there - files.keys()) + [name for name, data in files.items() if read(name) != data]
        if wrong:
            sys.exit(f"not as make.py makes them: {', '.join(wrong)}")
        return
    for folder in ("good", "bad"):
        os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    for name in there - files.keys():
        os.remove(os.path.join(HERE, name))
    for name, data in files.items():
        with open(os.path.join(HERE, name), "wb") as file:
            file.write(data)


def read(name):
    try:
        with open(os.path.join(HERE, name), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


if __name__ == "__main__":
    main()
