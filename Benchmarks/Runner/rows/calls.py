"""Many calls over one session."""

import contextlib
import statistics

import process
import report
import series
from bench import say
from wrk import Wrk

TITLE = "app/version over one session"
LIMIT, OURS, PYTHON = "wrk", "QBittorrentClient", ("qbittorrent-api", "aioqbt")


def measure(bench):
    rounds, count = (3, 500) if bench.is_quick else (10, 500)
    text = f"""\
Calls a second: median (lowest-highest) of {rounds} rounds of {count:,} calls each, after a first round that is not
counted; wrk, which only sends and counts and is the limit, runs a second in each round. Every client signs in once.
qbittorrent-api has a thread and aioqbt a task for each connection. Ratios are medians of those within each round. CPU is
the processor time of the process for each call, user and system: other work on the machine changes it least."""
    tables = []
    for server in bench.servers:
        for connections in (1, 10):
            say(f"calls on {server.version}, connections: {connections}")
            caption = f"qBittorrent {server.version}, {connections} connection{'s' if connections > 1 else ''}"
            tables.append((caption, table(*measured(bench, server, connections, rounds, count))))
    return report.section(TITLE, text, tables)


def measured(bench, server, connections, rounds, count):
    words = [server.url, server.username, str(connections)]
    commands = {
        OURS: [bench.client, *words],
        "aioqbt": bench.python("aioqbt_calls.py", *words),
        "qbittorrent-api": bench.python("qbittorrent_api_calls.py", *words),
    }
    with contextlib.ExitStack() as stack:
        contenders = {LIMIT: stack.enter_context(Wrk.signed_in(bench, server, connections))}
        for name, command in commands.items():
            contenders[name] = process.Caller(command, bench.environment, server.password)
            stack.callback(contenders[name].end)
        for contender in contenders.values():
            contender.rate(count)
        before = {name: contender.cpu() for name, contender in contenders.items()}
        results = series.in_turn(contenders, rounds, lambda name: contenders[name].rate(count))
        spent = {name: contenders[name].cpu() - cpu for name, cpu in before.items() if cpu is not None}
        return results, {name: seconds * 1e6 / (rounds * count) for name, seconds in spent.items()}


def table(results, cpu):
    best = max(PYTHON, key=lambda name: statistics.median(results[name]))
    rows = [
        [
            name,
            f"{statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f})",
            ratio(rates, results[LIMIT]),
            ratio(rates, results[best]),
            f"{cpu[name]:.0f}" if name in cpu else "",
        ]
        for name, rates in results.items()
    ]
    return report.table(["", "calls/s", "ratio to wrk", f"ratio to {best}", "CPU µs"], rows)


def ratio(values, others):
    return f"{statistics.median(series.ratios(values, others)):.2f}"
