"""Says what libtorrent reads in torrents, and what it makes of their sources itself.

recompute.py [TORRENT SOURCE]...  prints a list, as JSON: what `judge.py` says of each torrent, and the info-hashes that
come out when the files of SOURCE are hashed anew, in the torrent's order and with its piece size.
"""

import hashlib
import json
import os
import sys
import tempfile

import libtorrent as lt

from judge import FORMATS, verdict


def format_of(read):
    if read["infoHashV1"] and read["infoHashV2"]:
        return "hybrid"
    return "v1" if read["infoHashV1"] else "v2"


def again(read, data, source):
    listing = lt.file_storage()
    for file in read["files"]:
        inside = os.path.join(source, file["path"]) if os.path.isdir(source) else source
        name = os.path.join(read["name"], file["path"]) if os.path.isdir(source) else read["name"]
        listing.add_file(name, os.path.getsize(inside))
    torrent = lt.create_torrent(listing, read["pieceLength"], FORMATS[format_of(read)])
    torrent.set_priv(read["isPrivate"])
    # libtorrent looks for the files below this folder by the torrent's own name.
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath(source), os.path.join(folder, read["name"]))
        lt.set_piece_hashes(torrent, folder)
    info = lt.bdecode(lt.bencode(torrent.generate()))[b"info"]
    mark = lt.bdecode(data)[b"info"].get(b"source")
    if mark is not None:
        info[b"source"] = mark
    whole = lt.bencode(info)
    return {
        "infoHashV1": hashlib.sha1(whole).hexdigest() if read["infoHashV1"] else None,
        "infoHashV2": hashlib.sha256(whole).hexdigest() if read["infoHashV2"] else None,
    }


def judge(torrent, source):
    with open(torrent, "rb") as file:
        data = file.read()
    with tempfile.TemporaryDirectory() as folder:
        read = verdict(os.path.basename(torrent), data, folder, source)
    return {"read": read, "again": again(read, data, source)}


paths = sys.argv[1:]
json.dump([judge(*pair) for pair in zip(paths[::2], paths[1::2])], sys.stdout)
