"""Makes a torrent of each entry of a folder, one after another, by qbittorrent-api, looking each 2 seconds.

qbittorrent_api_creator.py URL USER PASSWORD-FILE SOURCES RESULTS
"""

import os
import pathlib
import sys
import time

import qbittorrentapi

url, user, password, sources, results = sys.argv[1:]
secret = pathlib.Path(password).read_text("ascii")
with qbittorrentapi.Client(host=url, username=user, password=secret) as client:
    for name in sorted(os.listdir(sources)):
        path = os.path.join(sources, name)
        task = client.torrentcreator_add_task(source_path=path, start_seeding=False, is_private=False)
        while True:
            time.sleep(2)
            if task.status().status in ("Finished", "Failed"):
                break
        pathlib.Path(results, name + ".torrent").write_bytes(task.torrent_file())
        task.delete()
