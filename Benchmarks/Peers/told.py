"""What every peer that makes calls has in common: the password and then numbers come by standard input, line by line.

A number is answered with a line: the nanoseconds that so many calls took.
"""

import sys


def password():
    return sys.stdin.readline().removesuffix("\n")


def numbers():
    for line in iter(sys.stdin.readline, ""):
        yield int(line)


def answer(nanoseconds):
    print(nanoseconds, flush=True)
