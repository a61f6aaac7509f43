"""What `qbitvault check` does, by qbittorrent-api. qbittorrent_api_check.py URL USERNAME, password on standard input."""

import sys

import qbittorrentapi

client = qbittorrentapi.Client(sys.argv[1], username=sys.argv[2], password=sys.stdin.read())
client.auth_log_in()
print(client.app_web_api_version(), client.app_version())
client.auth_log_out()
