"""Many small torrents as a whole process, beside Python clients; and what a run keeps in memory."""

import http.client
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse

import process
import report
import series
from bench import say

TITLE = "Many torrents in one run"
# Polling each 2 seconds takes that long for each one.
FEW = 5


def measure(bench):
    count, rounds = (60, 3) if bench.is_quick else (300, 9)
    load = os.getloadavg()[0]
    text = f"""\
{count} folders of two small files each, from the start of the process to its end. Everybody signs in, has each torrent
made, fetches it, writes it to a folder and deletes the task. qbitvault also writes its journal, compares every torrent with
what was asked for and with the files, and forces it onto the disk. `requests` keeps up to 200 tasks in the queue and asks
for all of them at once. qbittorrent-api looks each 2 seconds, at one torrent after another; it was measured with
{FEW} and is told for {count}. "Server" is the processor time that the server has used meanwhile. Load average
before: {load:.1f}."""
    sources = folders(bench.folder / "torrent-sources", count)
    few = folders(bench.folder / "few-sources", FEW)
    tables = []
    for server in bench.servers:
        say(f"torrents on {server.version}: {rounds} rounds of {count}")
        tables.append((f"qBittorrent {server.version}, {rounds} rounds", table(bench, server, sources, few, count, rounds)))
    tables.append(("A file of 5 GiB, from the server's finish until the program's end", large(bench)))
    tables.append(("What a run keeps in memory", memory(bench)))
    return report.section(TITLE, text, tables)


def folders(place, count):
    for number in range(count):
        folder = place / f"{number:05}"
        folder.mkdir(parents=True)
        for name, size in (("a", 5000 + number % 977), ("b", 20_000)):
            (folder / name).write_bytes(os.urandom(size))
    return place


def table(bench, server, sources, few, count, rounds):
    numbers = itertools.count()
    homes = bench.home(f"torrents-{server.version}") | {"QBITVAULT_URL": server.url}

    def run(command, environment):
        results = bench.folder / f"results-{server.version}-{next(numbers)}"
        results.mkdir()
        before = cpu(server.pid)
        milliseconds, spent = process.timed([*command, str(results)], environment)
        used = cpu(server.pid) - before
        made = len(list(results.iterdir()))
        shutil.rmtree(results)
        return milliseconds, spent, used * 1e3, made

    environment = bench.environment
    ours = environment | homes | {"QBIT_USERNAME": server.username, "QBIT_PASSWORD_FILE": str(server.password_file)}
    signing = [server.url, server.username, str(server.password_file)]
    contenders = {
        "requests": lambda: run(bench.python("requests_creator.py", *signing, str(sources)), environment),
        "qbitvault create": lambda: run(
            [bench.program, "create", "--each", str(sources), "--again", "--quiet", "--output"], ours),
    }
    for contender in contenders.values():
        contender()
    results = series.in_turn(contenders, rounds, lambda name: contenders[name]())
    slow = run(bench.python("qbittorrent_api_creator.py", *signing, str(few)), environment)
    for name, runs in results.items():
        assert all(made == count for *_, made in runs), name
    times = {name: [time for time, *_ in runs] for name, runs in results.items()}
    rows = [
        [
            name,
            series.spread(times[name], ",.0f"),
            f"{statistics.median(times[name]) / count:.2f}",
            f"{statistics.median(series.ratios(times[name], times['requests'])):.2f}",
            f"{statistics.median(spent for _, spent, *_ in runs):,.0f}",
            f"{statistics.median(used for _, _, used, _ in runs):,.0f}",
        ]
        for name, runs in results.items()
    ]
    each = slow[0] / FEW
    ours = statistics.median(times["qbitvault create"]) / count
    rows.append([
        f"qbittorrent-api, each 2 s ({each / ours:,.0f} times qbitvault's)", f"{each * count:,.0f}", f"{each:,.1f}",
        f"{each * count / statistics.median(times['requests']):,.0f}", f"{slow[1] / FEW * count:,.0f}", ""])
    return report.table(["", "ms", "ms each", "ratio to requests", "CPU ms", "server ms"], rows)


def large(bench):
    """How long it takes to notice, fetch, compare, save, delete the task, sign out and end."""
    source = bench.folder / "large"
    with open(source, "wb") as file:
        file.truncate(5 << 30)
    rows = []
    for server in bench.servers:
        say(f"a file of 5 GiB on {server.version}")
        times = [after_finish(bench, server, source, number) for number in range(2 if bench.is_quick else 5)]
        rows.append([f"qBittorrent {server.version}", f"{statistics.median(times):.0f}", f"{min(times):.0f}", f"{max(times):.0f}"])
    return report.table(["", "ms", "least", "most"], rows)


def after_finish(bench, server, source, number):
    results = bench.folder / f"large-results-{server.version}-{number}"
    results.mkdir()
    environment = bench.environment | bench.home(f"large-{server.version}-{number}") | {
        "QBITVAULT_URL": server.url, "QBIT_USERNAME": server.username,
        "QBIT_PASSWORD_FILE": str(server.password_file)}
    command = [bench.program, "create", str(source), "--quiet", "--output", str(results)]
    with server.cookie() as cookie:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc)
        child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        is_seen, finish = False, None
        while finish is None and child.poll() is None:
            connection.request("GET", "/api/v2/torrentcreator/status", headers={"Cookie": cookie})
            statuses = [task["status"] for task in json.loads(connection.getresponse().read())]
            is_seen = is_seen or "Running" in statuses
            if is_seen and "Running" not in statuses:
                finish = time.monotonic()
            time.sleep(0.002)
        if child.wait() != 0:
            sys.exit(f"create ended with {child.returncode}")
        connection.close()
    if finish is None:
        sys.exit("the server's finish was not seen")
    return (time.monotonic() - finish) * 1e3


def memory(bench):
    """The most that is resident, by the number of sources."""
    counts = (100, 1000) if bench.is_quick else (100, 10_000)
    server = bench.servers[-1]
    sources = folders(bench.folder / "memory-sources", counts[-1])
    rows = []
    for count in counts:
        say(f"memory: {count:,} sources")
        names = sorted(sources.iterdir())[:count]
        listing = bench.folder / f"list-{count}"
        listing.write_text("".join(f"{name}\n" for name in names))
        results = bench.folder / f"memory-results-{count}"
        results.mkdir()
        environment = bench.environment | bench.home(f"memory-{count}") | {
            "QBITVAULT_URL": server.url, "QBIT_USERNAME": server.username,
            "QBIT_PASSWORD_FILE": str(server.password_file)}
        command = [bench.program, "create", "--from", str(listing), "--quiet", "--output", str(results)]
        seconds, most = process.resident(command, environment)
        rows.append([f"{count:,} sources", most, f"{most / rows[0][1]:.2f}" if rows else "1.00", f"{seconds:.1f}"])
    for row in rows:
        row[1] = f"{row[1]:,}"
    return report.table(["", "KiB", "ratio to the first", "s"], rows)


def cpu(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
