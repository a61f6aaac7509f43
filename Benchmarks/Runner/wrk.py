"""wrk, with the cookie of a session."""

import contextlib
import re
import subprocess

from bench import PEERS


class Wrk:
    def __init__(self, command, environment):
        self.command = command
        self.environment = environment

    @classmethod
    @contextlib.contextmanager
    def signed_in(cls, bench, server, connections):
        with server.cookie() as cookie:
            file = bench.folder / "cookie"
            file.touch(mode=0o600)
            file.write_text(cookie + "\n", encoding="ascii")
            command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", "1s"]
            command += ["--script", PEERS / "cookie.lua", f"{server.url}/api/v2/app/version"]
            yield cls(command, {**bench.environment, "COOKIE_FILE": str(file)})

    def cpu(self):
        """Not known: it is another process in each round."""
        return None

    def rate(self, _):
        """How many calls a second it makes."""
        told = subprocess.run(self.command, env=self.environment, capture_output=True, text=True, check=True).stdout
        # An answer that is not 2xx, which would be about the cookie, is quick and counts nothing.
        assert "Non-2xx" not in told and "Socket errors" not in told, told
        return float(re.search(r"^Requests/sec: +([0-9.]+)$", told, re.MULTILINE)[1])
