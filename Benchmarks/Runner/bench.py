"""What every row is given."""

import dataclasses
import pathlib
import sys

from servers import ROOT, Server

PEERS = ROOT / "Benchmarks/Peers"


@dataclasses.dataclass(frozen=True)
class Bench:
    program: pathlib.Path
    """qbitvault, built for release."""
    client: pathlib.Path
    """ClientBenchmark, built for release."""
    folder: pathlib.Path
    """Of this run, and removed after it."""
    servers: list[Server]
    is_quick: bool

    @property
    def environment(self):
        """Nothing of the caller's, and no home of anybody."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}

    def home(self, name):
        """Folders of their own for the program, by the variables that name them."""
        folders = {}
        for kind in ("config", "data", "state", "cache"):
            folder = self.folder / name / kind
            folder.mkdir(parents=True)
            folders[f"XDG_{kind.upper()}_HOME"] = str(folder)
        return folders

    @staticmethod
    def python(script, *words):
        return [sys.executable, PEERS / script, *words]


def say(text):
    print(text, file=sys.stderr, flush=True)
