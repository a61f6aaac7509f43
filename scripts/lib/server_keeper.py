"""Runs one server as its child, until the server ends or the process that it was started for is gone.

    server_keeper.py [--owner PID] INSTANCE COMMAND...

INSTANCE/process gets the server's process id and start time. When the owner is gone the server is ended and INSTANCE
is removed, so that a test run that was killed leaves neither processes nor files. When the keeper itself is killed, the
kernel ends the server.
"""

import argparse
import os
import select
import shutil
import subprocess


def start_time(pid):
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[19]


def record(instance, pid):
    path = os.path.join(instance, "process")
    with open(path + ".new", "w") as file:
        file.write(f"{pid} {start_time(pid)}\n")
    os.rename(path + ".new", path)


def owner_is_gone_first(owner, server):
    """Waits for the end of either; True when the owner's came first."""
    try:
        owner = os.pidfd_open(owner)
    except ProcessLookupError:
        return True
    poll = select.poll()
    for descriptor in (owner, os.pidfd_open(server.pid)):
        poll.register(descriptor, select.POLLIN)
    return owner in (descriptor for descriptor, _ in poll.poll())


def end(server):
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--owner", type=int)
    parser.add_argument("instance")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    server = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *options.command])
    record(options.instance, server.pid)
    if options.owner is not None and owner_is_gone_first(options.owner, server):
        end(server)
        shutil.rmtree(options.instance, ignore_errors=True)
    server.wait()


main()
