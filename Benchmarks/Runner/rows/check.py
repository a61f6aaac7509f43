"""`qbitvault check` as a whole process, beside others that send the same."""

import statistics
import subprocess

import process
import report
import series
from bench import say

TITLE = "check as a whole process"
TEXT = """\
From the start of the process to its end: `app/version` without a cookie, login, `app/webapiVersion`, `app/version`,
logout. curl does it in one process over one connection. qbittorrent-api does not ask before the login, which is one
request less. Milliseconds: median (quartiles). The ratio is the median of those within each round; CPU is the
processor time of the process, user and system."""
BASELINE = "curl"


def measure(bench):
    rounds = 5 if bench.is_quick else 25
    tables = []
    for server in bench.servers:
        say(f"check on {server.version}: {rounds} rounds")
        contenders = {
            BASELINE: curl(bench, server),
            "qbitvault check, environment": by_environment(bench, server),
            "qbitvault check, vault and key file": by_vault(bench, server),
            "qbittorrent-api": qbittorrent_api(bench, server),
        }
        for run in contenders.values():
            run()
        results = series.in_turn(contenders, rounds, lambda name: contenders[name]())
        tables.append((f"qBittorrent {server.version}, {rounds} rounds", table(results)))
    return report.section(TITLE, TEXT, tables)


def table(results):
    times = {name: [time for time, _ in runs] for name, runs in results.items()}
    rows = [
        [
            name,
            series.spread(times[name], ".1f"),
            f"{min(times[name]):.1f}",
            series.spread(series.ratios(times[name], times[BASELINE]), ".2f"),
            f"{statistics.median(cpu for _, cpu in results[name]):.1f}",
        ]
        for name in results
    ]
    return report.table(["", "ms", "least", "ratio to curl", "CPU ms"], rows)


def curl(bench, server):
    name, password = f"username={server.username}", f"password@{server.password_file}"
    each = ["--silent", "--show-error", "--noproxy", "*", "--cookie", "", "--output", "/dev/null"]
    each += ["--write-out", "%{http_code} %{num_connects}\n"]
    api = server.url + "/api/v2"
    command = ["curl", "--disable", *each, f"{api}/app/version"]
    command += ["--next", *each, "--data-urlencode", name, "--data-urlencode", password, f"{api}/auth/login"]
    command += ["--next", *each, f"{api}/app/webapiVersion", "--next", *each, f"{api}/app/version"]
    command += ["--next", *each, "--data", "", f"{api}/auth/logout"]
    told = subprocess.run(command, env=bench.environment, capture_output=True, text=True, check=True).stdout
    login = "204" if server.version >= "5.2" else "200"
    # Of each request: its status, and how many connections were made for it.
    assert told.split("\n")[:-1] == ["403 1", f"{login} 0", "200 0", "200 0", "200 0"], told
    return lambda: process.timed(command, bench.environment)


def by_environment(bench, server):
    words = {"QBITVAULT_URL": server.url, "QBIT_USERNAME": server.username, "QBIT_PASSWORD": server.password}
    environment = {**bench.environment, **bench.home(f"environment-{server.version}"), **words}
    return lambda: process.timed([bench.program, "check"], environment)


def by_vault(bench, server):
    environment = {**bench.environment, **bench.home(f"vault-{server.version}")}
    setup = ["setup", "--url", server.url, "--username", server.username, "--password-stdin", "--store", "vault"]
    setup += ["--key-file", f"{environment['XDG_STATE_HOME']}/vault.key", "--no-input", "--quiet"]
    with open(server.password_file, "rb") as password:
        subprocess.run([bench.program, *setup], env=environment, stdin=password, stdout=subprocess.DEVNULL, check=True)
    return lambda: process.timed([bench.program, "check"], environment)


def qbittorrent_api(bench, server):
    command = bench.python("qbittorrent_api_check.py", server.url, server.username)

    def run():
        with open(server.password_file, "rb") as password:
            return process.timed(command, bench.environment, stdin=password)

    return run
