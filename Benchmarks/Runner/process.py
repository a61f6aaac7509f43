"""A whole process, from its start to its end."""

import os
import subprocess
import sys
import time


def timed(command, environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL):
    """Returns how long it took and the processor time that it used, in milliseconds."""
    start = time.monotonic_ns()
    return ended(subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout), start)


def piped(command, environment):
    """The same, where what it says is read from a pipe."""
    start = time.monotonic_ns()
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as child:
        child.stdout.read()
        return ended(child, start)


def fed(command, environment, content):
    """The same, where `content` is handed to it through a pipe."""
    start = time.monotonic_ns()
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        child.stdin.write(content)
        child.stdin.close()
        return ended(child, start)


def resident(command, environment):
    """Returns how long it took, in seconds, and the most memory that was resident, in KiB."""
    start = time.monotonic()
    child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{child.args[0]} ended with {child.returncode}")
    return time.monotonic() - start, usage.ru_maxrss


def ended(child, start):
    _, status, usage = os.wait4(child.pid, 0)
    end = time.monotonic_ns()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{child.args[0]} ended with {child.returncode}")
    return (end - start) / 1e6, (usage.ru_utime + usage.ru_stime) * 1e3


class Caller:
    """A process that is signed in, and makes so many calls when it is told to (see Peers/told.py)."""

    def __init__(self, command, environment, password):
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.process.stdin.write(password + "\n")

    def rate(self, count):
        """Makes the calls, and returns how many a second that was."""
        self.process.stdin.write(f"{count}\n")
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.process.args[0]} ended with {self.process.wait()}")
        return count * 1e9 / int(answer)

    def cpu(self):
        """Processor time so far, in seconds, in steps of 10 ms."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident now, and at most so far, in KiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file)
        return [int(fields[name].split()[0]) for name in ("VmRSS", "VmHWM")]

    def end(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            sys.exit(f"{self.process.args[0]} ended with {self.process.returncode}")
