"""Where and with what it was measured."""

import importlib.metadata
import os
import platform
import re
import subprocess
import time

PACKAGES = ("qbittorrent-api", "requests", "urllib3", "aioqbt", "aiohttp")


def describe(servers, program, load):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"^model name\s*: (.*)$", file.read(), re.MULTILINE)
    cores = len(os.sched_getaffinity(0))
    packages = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    versions = [
        first_line([program, "--version"], "qbitvault "),
        *(f"qBittorrent {server.version}" for server in servers),
        " ".join(first_line(["curl", "--version"]).split()[:2]),
        " ".join(first_line(["wrk", "-v"]).split()[:2]),
        first_line(["age", "--version"], "age "),
        f"Python {platform.python_version()}",
        *packages,
    ]
    return "\n".join([
        f"- {time.strftime('%Y-%m-%d', time.gmtime())}, {cores} cores ({model[1] if model else platform.machine()}), "
        f"Linux {platform.release().partition('-')[0]}",
        f"- {busy(load, cores)}",
        "- " + ", ".join(versions),
    ])


def busy(load, cores):
    """`load` is from before the first measurement: a benchmark makes some of its own."""
    text = f"load average before the start: {load:.1f}"
    return text + ("; the machine was busy with other work: look at the ratios" if load > cores / 2 else "")


def first_line(command, prefix=""):
    # wrk tells its version with a status of failure.
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return prefix + done.stdout.partition("\n")[0]
