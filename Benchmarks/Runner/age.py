"""age, with a key of its own."""

import dataclasses
import os
import pathlib
import re
import subprocess

import process


@dataclasses.dataclass(frozen=True)
class Age:
    folder: pathlib.Path
    environment: dict[str, str]
    recipient: str

    @classmethod
    def with_key(cls, bench):
        folder = bench.folder / "age"
        folder.mkdir()
        command = ["age-keygen", "-o", folder / "key"]
        told = subprocess.run(command, env=bench.environment, stderr=subprocess.PIPE, text=True, check=True).stderr
        return cls(folder, bench.environment, re.search(r"age1\w+", told)[0])

    def decrypting(self, size):
        """A run that decrypts so many bytes, into a pipe."""
        file = self.folder / f"{size}.age"
        subprocess.run(self._encryption(file), env=self.environment, input=os.urandom(size), check=True)
        return lambda: process.piped(["age", "-d", "-i", self.folder / "key", file], self.environment)

    def encrypting(self, size):
        """A run that encrypts so many bytes, from a pipe into a file that it does not make durable."""
        content = os.urandom(size)
        return lambda: process.fed(self._encryption(self.folder / "written.age"), self.environment, content)

    def _encryption(self, file):
        return ["age", "-r", self.recipient, "-o", file]
