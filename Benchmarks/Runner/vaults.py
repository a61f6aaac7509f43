"""Vaults of this run, each in a home of its own."""

import dataclasses
import os
import pathlib
import subprocess

import process

NAME, VALUE = "ENTRY_00000", b"0" * 11
# As many lines as a file to import may have.
AT_ONCE = 2_500


@dataclasses.dataclass(frozen=True)
class Vault:
    program: pathlib.Path
    environment: dict[str, str]

    @classmethod
    def with_key_file(cls, bench, name, entries=1):
        vault = cls.at_home(bench, name)
        vault.run("vault", "init", "--key-file", vault.key_file)
        for start in range(0, entries, AT_ONCE):
            lines = [f"ENTRY_{number:05}={number:011}\n" for number in range(start, min(start + AT_ONCE, entries))]
            vault.run("credential", "import", "-", told="".join(lines).encode())
        return vault.proven()

    @classmethod
    def with_passphrase(cls, bench, cost, passphrase):
        file = bench.folder / f"passphrase-{cost}"
        file.touch(mode=0o600)
        # The cost is said where a passphrase is replaced, and by another one.
        first = os.urandom(16).hex().encode()
        file.write_bytes(first)
        vault = cls.at_home(bench, f"vault-{cost}", QBITVAULT_PASSPHRASE_FILE=str(file))
        vault.run("vault", "init", "--passphrase-stdin", told=first)
        vault.run("rotate", "vault-key", "--new-passphrase-stdin", "--cost", cost, told=passphrase)
        file.write_bytes(passphrase)
        vault.set()
        return vault.proven()

    @classmethod
    def at_home(cls, bench, name, **words):
        folders = bench.home(name)
        return cls(bench.program, {**bench.environment, **folders, "QBITVAULT_URL": "http://localhost:8080", **words})

    @property
    def key_file(self):
        return pathlib.Path(self.environment["XDG_STATE_HOME"], "vault.key")

    @property
    def size(self):
        return pathlib.Path(self.environment["XDG_DATA_HOME"], "qbitvault/vault.qbv").stat().st_size

    def proven(self):
        assert self.run("credential", "get", NAME) == VALUE
        return self

    def run(self, *words, told=b""):
        command = [self.program, *words, "--no-input"]
        done = subprocess.run(command, env=self.environment, input=told, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def get(self):
        return process.piped([self.program, "credential", "get", NAME], self.environment)

    def set(self):
        return process.fed([self.program, "credential", "set", NAME, "--stdin", "--quiet"], self.environment, VALUE)
