"""Real qBittorrent servers, by scripts/qbittorrent-server."""

import contextlib
import dataclasses
import http.client
import os
import pathlib
import subprocess
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSIONS = ("5.1", "5.3")


@dataclasses.dataclass(frozen=True)
class Server:
    version: str
    url: str
    pid: int
    username: str
    password_file: pathlib.Path

    @property
    def password(self):
        return self.password_file.read_text("ascii")

    @contextlib.contextmanager
    def cookie(self):
        """A session, for those who cannot sign in themselves."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc)
        form = urllib.parse.urlencode({"username": self.username, "password": self.password})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        cookie = self._post(connection, "login", form, kind).getheader("Set-Cookie").partition(";")[0]
        try:
            yield cookie
        finally:
            connection.close()
            self._post(connection, "logout", "", {"Cookie": cookie})

    @staticmethod
    def _post(connection, endpoint, body, headers):
        connection.request("POST", f"/api/v2/auth/{endpoint}", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer


@contextlib.contextmanager
def running(folder):
    """One of each version. They end with this process, however it ends."""
    script = [ROOT / "scripts/qbittorrent-server"]
    place = ["--run", folder / "servers"]
    try:
        yield [_started([*script, "start", version, *place, "--for", str(os.getpid())], folder / "servers" / version)
               for version in VERSIONS]
    finally:
        subprocess.run([*script, "stop", *place, "--remove"], check=True)


def _started(command, instance):
    line = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    _, version, url, pid, username = line.rstrip("\n").split("\t")
    return Server(version, url, int(pid), username, instance / "password")
