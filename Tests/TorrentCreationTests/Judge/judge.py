"""Says what libtorrent thinks of torrents, so that the tests need not believe our own reader.

judge.py make FOLDER     makes sources below FOLDER and a torrent of each; prints what libtorrent read back, as JSON
judge.py magnet LINK...  prints what libtorrent reads in the links, as JSON
"""

import base64
import json
import os
import sys
import warnings

import libtorrent as lt

warnings.simplefilter("ignore", DeprecationWarning)

KIB = 1024
PIECE = 16 * KIB
FORMATS = {"v1": lt.create_torrent.v1_only, "v2": lt.create_torrent.v2_only, "hybrid": 0}
PADDED = lt.create_torrent.canonical_files | lt.create_torrent.v1_only
NO_TAIL = lt.create_torrent.canonical_files_no_tail_padding

# A number is a file of that many bytes, a dictionary a folder.
SOURCES = {
    "one-byte": 1,
    "below-a-piece": PIECE - 1,
    "a-piece": PIECE,
    "above-a-piece": PIECE + 1,
    "two-pieces": 2 * PIECE,
    "three-pieces-and-a-byte": 3 * PIECE + 1,
    "many-pieces": 37 * PIECE + 5,
    "nested": {"a": {"b": {"c": {"d.bin": 70_000}}, "e.txt": 12}, "z": PIECE},
    "empty-files": {"empty": 0, "full": 20_000, "folder": {"void": 0}},
    "order": {"a-b": 10, "a": {"x": 11}, "a.b": 12, "B": 13, "ab": 14, "a!": {"y": 15}},
    "unicode": {"\u00e9": 5, "e\u0301": 6, "\U0001f9ea tube": {"\u65e5\u672c\u8a9e.mkv": 40_000}},
    "100% & more + #1?.bin": 33_000,
    "same": {"same": 18_000},
    "same-sized": {f"{n:03}": PIECE * 2 for n in range(20)},
    "many-files": {f"folder {n}": {f"file {m}": n * m for m in range(40)} for n in range(1, 21)},
    "whole-pieces": {"one": PIECE, "two": 4 * PIECE, "three": 64 * PIECE},
}

# libtorrent 2.1.1 sorts the two halves of this one differently, and then refuses its own torrent.
UNSOUND = {"order, hybrid"}

TIERS = [("udp://a.example:80", 0), ("https://b.example/k/announce", 0), ("http://c.example/a?p=1&q=%20", 1)]
OPTIONS = {
    "private": {"private": True, "source": "QBV", "trackers": TIERS[:1]},
    "tiers": {"trackers": TIERS, "comment": "first\r\nsecond \u00e9", "creator": "judge"},
    "one-seed": {"seeds": ["http://seed.example/files/"]},
    "seeds": {"seeds": ["http://seed.example/a/", "https://other.example/b/"], "piece": 256 * KIB},
}


def write(path, shape):
    if isinstance(shape, dict):
        os.makedirs(path)
        for name, inner in shape.items():
            write(os.path.join(path, name), inner)
    else:
        with open(path, "wb") as file:
            file.write(os.urandom(shape))


def make(source, flags, piece=PIECE, private=False, source_mark=None, trackers=(), seeds=(), comment="", creator=""):
    torrent = lt.create_torrent(lt.list_files(source), piece, flags)
    torrent.set_priv(private)
    torrent.set_comment(comment)
    torrent.set_creator(creator)
    for url, tier in trackers:
        torrent.add_tracker(url, tier)
    for url in seeds:
        torrent.add_url_seed(url)
    lt.set_piece_hashes(torrent, os.path.dirname(source))
    document = torrent.generate()
    if source_mark:
        document[b"info"][b"source"] = source_mark.encode()
    return lt.bencode(document)


def verdict(name, data, folder, source):
    path = os.path.join(folder, "it.torrent")
    with open(path, "wb") as file:
        file.write(data)
    info = lt.torrent_info(path)
    files, hashes = info.files(), info.info_hashes()
    tiers = {}
    for tracker in info.trackers():
        tiers.setdefault(tracker.tier, []).append(tracker.url)
    entries = []
    for n in range(files.num_files()):
        below = files.file_path(n).removeprefix(info.name() + "/")
        is_padding = bool(files.file_flags(n) & lt.file_storage.flag_pad_file)
        entries.append({"path": below, "length": files.file_size(n), "isPadding": is_padding})
    return {
        "shape": name,
        "torrent": base64.b64encode(data).decode(),
        "sourcePath": source,
        "name": info.name(),
        "infoHashV1": str(hashes.v1) if hashes.has_v1() else None,
        "infoHashV2": str(hashes.v2) if hashes.has_v2() else None,
        "files": [entry for entry in entries if not entry["isPadding"]],
        "paddingSize": sum(entry["length"] for entry in entries if entry["isPadding"]),
        "pieceLength": info.piece_length(),
        "pieceCount": info.num_pieces(),
        "isPrivate": info.priv(),
        "trackers": [tiers[tier] for tier in sorted(tiers)],
        "webSeeds": [seed["url"] for seed in info.web_seeds()],
        "comment": info.comment(),
        "createdBy": info.creator(),
        "creationDate": info.creation_date(),
    }


def make_all(folder):
    jobs = []
    for name, shape in SOURCES.items():
        source = os.path.join(folder, "sources", name)
        os.makedirs(os.path.dirname(source), exist_ok=True)
        write(source, shape)
        jobs += [(f"{name}, {format}", source, flags, {}) for format, flags in FORMATS.items()]
    for name in ("nested", "empty-files", "many-files"):
        source = os.path.join(folder, "sources", name)
        jobs += [(f"{name}, v1 padded", source, PADDED, {}), (f"{name}, hybrid without tail", source, NO_TAIL, {})]
    for size in (32, 64, 128):
        source = os.path.join(folder, "sources", "many-pieces")
        options = {"piece": size * KIB}
        jobs += [(f"pieces of {size} KiB, {format}", source, flags, options) for format, flags in FORMATS.items()]
    for name, options in OPTIONS.items():
        options = dict(options, source_mark=options.get("source"))
        options.pop("source", None)
        source = os.path.join(folder, "sources", "nested")
        jobs += [(f"{name}, {format}", source, flags, options) for format, flags in FORMATS.items()]
    return [
        verdict(name, make(source, flags, **options), folder, source)
        for name, source, flags, options in jobs
        if name not in UNSOUND
    ]


def magnet(link):
    found = lt.parse_magnet_uri(link)
    hashes = found.info_hashes
    return {
        "infoHashV1": str(hashes.v1) if hashes.has_v1() else None,
        "infoHashV2": str(hashes.v2) if hashes.has_v2() else None,
        "name": found.name,
        "trackers": list(found.trackers),
    }


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    json.dump(make_all(rest[0]) if what == "make" else [magnet(link) for link in rest], sys.stdout)
