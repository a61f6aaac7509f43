"""Memory in use after many calls."""

import process
import report
from bench import say

TITLE = "Memory over many calls"
CONNECTIONS = 10
# The first calls fill pools and caches. After that less than this is noise of the allocator: 12 bytes lost in each of
# 90,000 calls are more.
SETTLED, NOISE = 10_000, 1_024


def measure(bench):
    milestones = (1_000, 10_000, 20_000) if bench.is_quick else (1_000, 10_000, 50_000, 100_000)
    server = bench.servers[0]
    say(f"memory over {milestones[-1]:,} calls on {server.version}")
    words = [server.url, server.username, str(CONNECTIONS)]
    caller = process.Caller([bench.client, *words], bench.environment, server.password)
    done, found = 0, {}
    for milestone in milestones:
        caller.rate(milestone - done)
        done = milestone
        found[milestone] = caller.memory()
    caller.end()
    text = f"""\
QBittorrentClient, `app/version` over one session on {CONNECTIONS} connections, qBittorrent {server.version}: resident
memory of the process, in KiB. {verdict(found, milestones[-1])}"""
    rows = [[f"{calls:,}", f"{now:,}", f"{most:,}"] for calls, (now, most) in found.items()]
    return report.section(TITLE, text, [("Resident memory", report.table(["calls", "now", "most so far"], rows))])


def verdict(found, last):
    growth = found[last][0] - found[SETTLED][0]
    word = "flat" if growth <= NOISE else "it grew"
    return f"From {SETTLED:,} to {last:,} calls: {growth:+,} KiB, {word}."
