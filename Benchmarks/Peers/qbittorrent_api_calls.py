"""app/version over one session of qbittorrent-api. qbittorrent_api_calls.py URL USERNAME CONNECTIONS"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import qbittorrentapi
import told

url, username, connections = sys.argv[1], sys.argv[2], int(sys.argv[3])


def calls(count):
    for _ in range(count):
        client.app_version()


with qbittorrentapi.Client(url, username=username, password=told.password()) as client:
    with ThreadPoolExecutor(connections) as threads:
        for count in told.numbers():
            start = time.monotonic_ns()
            if connections == 1:
                calls(count)
            else:
                list(threads.map(calls, [count // connections] * connections))
            told.answer(time.monotonic_ns() - start)
