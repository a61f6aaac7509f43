#!/usr/bin/env python3
"""Writes the seeds that are made and not written by hand: scripts/python Fuzz/seeds.py

Of the vault's good vectors, what the fuzzers behind signature and encryption take; and torrents of each version.
"""

import glob
import hashlib
import importlib.util
import json
import os
import sys

sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VECTORS = os.path.join(ROOT, "Tests/CredentialStoresTests/Vault/Vectors")
# Larger ones cost more than they show.
LONGEST = 8 << 10


def write(fuzzer, name, data):
    folder = os.path.join(HERE, "Corpus", fuzzer)
    os.makedirs(folder, exist_ok=True)
    if len(data) <= LONGEST:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


def vault_reader():
    spec = importlib.util.spec_from_file_location("vault_reader", os.path.join(ROOT, "scripts/vault-reader.py"))
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    return reader


def vaults():
    reader = vault_reader()
    with open(os.path.join(VECTORS, "vectors.json"), encoding="utf-8") as file:
        table = json.load(file)
    for vector in table["vectors"]:
        if not vector["file"].startswith("good/"):
            continue
        with open(os.path.join(VECTORS, vector["file"]), "rb") as file:
            data = file.read()
        name = os.path.basename(vector["file"]).removesuffix(".vault")
        body, associated, nonce, payload = reader.read_frame(data)
        write("vault-header", name, body)
        key = table["keys"][vector["key"]]
        data_key, _ = reader.unseal(reader.read_header(body), (key["kind"], bytes.fromhex(key["hex"])))
        content = reader.open_payload(payload, associated, nonce, data_key)
        payloads(name, getattr(content, "data", content))
    # Origins that differ in their bytes and look the same.
    origins = b"".join(len(text).to_bytes(2, "little") + text for text in [b"h\xc3\xa9", b"he\xcc\x81"])
    entry = b"\0\1s\1N" + bytes(8 + 8 + 16) + b"\2" + origins + bytes(2) + b"\1\0\0\0"
    index = bytes(2) + b"\1\0\0\0" + entry
    payloads("origins-look-the-same", bytes(2 + 32 + 32) + len(index).to_bytes(4, "little") + index + b"v")
    # As many names of hosts as there may be.
    names = b"".join(number.to_bytes(16, "big") + b"\1h" for number in range(256))
    index = b"\0\1" + names + bytes(4)
    payloads("names-256", bytes(2 + 32 + 32) + len(index).to_bytes(4, "little") + index)


def payloads(name, content):
    write("vault-payload", name, content)
    start = 2 + 32 + 32 + 4
    length = int.from_bytes(content[start - 4:start], "little")
    write("vault-index", name, (len(content) - start - length).to_bytes(2, "little") + content[start:])


def bencoded(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l" + b"".join(map(bencoded, value)) + b"e"
    pairs = sorted((key.encode() if isinstance(key, str) else key, item) for key, item in value.items())
    return b"d" + b"".join(bencoded(key) + bencoded(item) for key, item in pairs) + b"e"


def torrents():
    more = {"announce": "http://tracker/a", "announce-list": [["http://tracker/a", "udp://b"], ["http://c"]],
            "comment": "é", "created by": "x", "creation date": 1700000000, "url-list": ["http://seed/"]}
    v1 = {"files": [{"length": 5, "path": ["a"]}, {"length": 16, "path": ["folder", "b"]}],
          "name": "sample", "piece length": 16, "pieces": bytes(40)}
    single = {"length": 20, "name": "one.bin", "piece length": 16, "pieces": bytes(40), "private": 1, "source": "s"}
    hybrid = {
        "file tree": {"a": {"": {"length": 5, "pieces root": bytes(32)}},
                      "folder": {"b": {"": {"length": 16, "pieces root": bytes(32)}}}},
        "files": [{"length": 5, "path": ["a"]}, {"attr": "p", "length": 16379, "path": [".pad", "16379"]},
                  {"length": 16, "path": ["folder", "b"]}],
        "meta version": 2, "name": "sample", "piece length": 16384, "pieces": bytes(40)}
    v2 = {key: hybrid[key] for key in ("file tree", "meta version", "name", "piece length")}
    layer = bytes([1]) * 32 + bytes([2]) * 32
    root = hashlib.sha256(layer).digest()
    layered = {"file tree": {"big": {"": {"length": 20000, "pieces root": root}}}, "meta version": 2, "name": "big",
               "piece length": 16384}
    # A long name over many files: to write each file's whole path down would take the square of the size.
    files = {f"{number}": {"": {"length": 0}} for number in range(100)}
    deep = {"file tree": {"x" * 4000: files}, "meta version": 2, "name": "deep", "piece length": 16384}
    for name, info in [("v1", v1), ("single", single), ("hybrid", hybrid), ("v2", v2), ("deep", deep)]:
        write("torrent", name, bencoded({"info": info, "piece layers": {}}))
    write("torrent", "layers", bencoded({"info": layered, "piece layers": {root: layer}}))
    write("torrent", "more", bencoded({**more, "info": single}))
    write("torrent", "lists", bencoded([[], [0, -1, 2**63 - 1, -2**63], {"": "", "a": {}}]))


vaults()
torrents()
