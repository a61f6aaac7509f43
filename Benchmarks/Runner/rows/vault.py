"""The vault as a whole process, beside age and a file of the same size."""

import os
import re
import statistics

import report
import series
from age import Age
from bench import say
from vaults import Vault

TITLE = "A vault as a whole process"
ENTRIES = (1, 100, 10_000)
# KiB that an attempt takes, as libsodium defines them. Twice as much must be free.
COSTS = {"interactive": 64 << 10, "moderate": 256 << 10, "sensitive": 1 << 20}


def measure(bench):
    rounds, slow = (5, 2) if bench.is_quick else (60, 10)
    load = os.getloadavg()[0]
    text = f"""\
From the start of the process to its end: `credential get` into a pipe by a key file, beside `age -d -i key` of a file
as large as the vault, and `credential set`, beside `age -r`, which does not wait for the disk. Milliseconds: median
(quartiles). Ratios are medians of those within each round; CPU is the processor time of the process, user and system,
which other work on the machine changes least, and the ratios after it are of it. Load average before: {load:.1f}."""
    age = Age.with_key(bench)
    vaults = {}
    for count in ENTRIES:
        say(f"a vault, entries: {count:,}")
        vaults[count] = Vault.with_key_file(bench, f"vault-of-{count}", count)
    return report.section(TITLE, text, [
        paired("Opened", vaults, ("age -d", age.decrypting), ("credential get", Vault.get), rounds),
        by_slot(bench, vaults[1], age, slow),
        paired("Changed", vaults, ("age -r", age.encrypting), ("credential set", Vault.set), rounds),
    ])


def paired(caption, vaults, theirs, ours, rounds):
    """Vaults of several sizes, each beside a file of that size."""
    contenders, other, least = {}, {}, {}
    for count, vault in vaults.items():
        what = f"{count:,} entr{'y' if count == 1 else 'ies'}, {vault.size / 1024:,.1f} KiB"
        names = [f"{program}, {what}" for program in (theirs[0], ours[0])]
        contenders[names[0]] = theirs[1](vault.size)
        contenders[names[1]] = lambda vault=vault: ours[1](vault)
        for name, first in zip(names, [*contenders][:2]):
            other[name], least[name] = names[0], first
    say(f"{caption.lower()}: {rounds} rounds")
    columns = {f"ratio to {theirs[0]}": other, "ratio to 1 entry": least}
    return f"{caption}, {rounds} rounds", table(measured(contenders, rounds), columns)


def by_slot(bench, vault, age, rounds):
    baseline = "age -d"
    contenders = {baseline: age.decrypting(vault.size), "credential get, key file": vault.get}
    passphrase = os.urandom(16).hex().encode()
    for cost, memory in COSTS.items():
        if available() > 2 * memory:
            contenders[f"credential get, passphrase, {cost}"] = Vault.with_passphrase(bench, cost, passphrase).get
        else:
            say(f"too little memory for the cost {cost}")
    say(f"slots: {rounds} rounds")
    columns = {f"ratio to {baseline}": dict.fromkeys(contenders, baseline)}
    return f"Opened by each kind of slot, 1 entry, {rounds} rounds", table(measured(contenders, rounds), columns)


def measured(contenders, rounds):
    for run in contenders.values():
        run()
    return series.in_turn(contenders, rounds, lambda name: contenders[name]())


def table(results, columns):
    """`columns` says by its title whom each one is compared with."""
    times = {name: [time for time, _ in runs] for name, runs in results.items()}
    cpu = {name: statistics.median(spent for _, spent in runs) for name, runs in results.items()}
    rows = [
        [
            name,
            series.spread(times[name], ".1f"),
            f"{min(times[name]):.1f}",
            *(f"{statistics.median(series.ratios(times[name], times[other[name]])):.2f}" for other in columns.values()),
            f"{cpu[name]:.1f}",
            *(f"{cpu[name] / cpu[other[name]]:.2f}" for other in columns.values()),
        ]
        for name in results
    ]
    return report.table(["", "ms", "least", *columns, "CPU ms", *columns], rows)


def available():
    """Memory that can be had without swapping, in KiB."""
    with open("/proc/meminfo", encoding="ascii") as file:
        return int(re.search(r"^MemAvailable: +(\d+)", file.read(), re.MULTILINE)[1])
