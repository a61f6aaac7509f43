"""Runs rows and reports them: see scripts/bench.

    run.py --program FILE --client FILE --output FILE [--quick] [ROW]...
"""

import argparse
import contextlib
import os
import pathlib
import tempfile

import machine
import servers
from bench import Bench
from rows import calls, check, memory, torrents, vault

ROWS = {"check": check, "calls": calls, "memory": memory, "vault": vault, "torrents": torrents}

HEAD = """\
# Benchmarks

Made by `scripts/bench`, on real servers, over loopback. Whoever is compared has a turn in each round, so that what else
the machine does meets all alike.
"""


def main():
    options = arguments()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="qbitvault-bench.") as folder:
        folder = pathlib.Path(folder)
        # Away from here: qbitvault reads a configuration that lies in the working folder.
        with contextlib.chdir(folder), servers.running(folder) as running:
            bench = Bench(options.program, options.client, folder, running, options.quick)
            sections = [ROWS[name].measure(bench) for name in options.rows or ROWS]
            text = "\n".join([HEAD, machine.describe(running, options.program, load) + "\n", *sections])
    print(text, end="")
    # A part, or a quick look, is not what stands in the report.
    if not options.quick and not options.rows:
        options.output.write_text(text, encoding="utf-8")


def path(text):
    return pathlib.Path(text).resolve()


def arguments():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--program", type=path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--client", type=path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--output", type=path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; writes no report")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"{', '.join(ROWS)}; without one: all")
    options = parser.parse_args()
    for name in options.rows:
        if name not in ROWS:
            parser.error(f"there is no row {name}: {', '.join(ROWS)}")
    return options


main()
