"""qBittorrent.conf: sections of lines, as Qt's settings files are."""

import os


class Settings:
    def __init__(self, path):
        self.path = path
        self.sections = {}

    def read(self):
        with open(self.path, encoding="utf-8") as file:
            for line in file.read().splitlines():
                if line.startswith("["):
                    section = self.sections.setdefault(line[1:-1], {})
                elif "=" in line:
                    key, value = line.split("=", 1)
                    section[key] = value

    def write(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "w", encoding="utf-8", opener=private) as file:
            for name, lines in self.sections.items():
                file.write(f"[{name}]\n")
                file.writelines(f"{key}={value}\n" for key, value in lines.items())
                file.write("\n")

    def __setitem__(self, name, value):
        section, key = self._place(name)
        section[key] = value

    def get(self, name, otherwise):
        section, key = self._place(name)
        return section.get(key, otherwise)

    def _place(self, name):
        section, _, key = name.partition("/")
        # 5.3 moves the Web UI's settings at its first start and does not look at the old place again.
        if section == "Preferences" and key.startswith("WebUI/") and "WebUI" in self.sections:
            section, key = "WebUI", key.removeprefix("WebUI/")
        return self.sections.setdefault(section, {}), key.replace("/", "\\")


def private(path, flags):
    """Opens a file that only its owner can read."""
    return os.open(path, flags, 0o600)


def quoted(text):
    """A value as Qt writes it: all but plain letters and marks as numbers of UTF-16 units."""
    units = memoryview(text.encode("utf-16-le")).cast("H")
    out = "@" if text.startswith("@") else ""
    after_number = False
    for unit in units:
        letter = chr(unit)
        # A hexadecimal digit after a number would be taken for a part of it.
        plain = " " <= letter <= "~" and letter not in '"\\' and not (after_number and letter in "0123456789abcdefABCDEF")
        out += letter if plain else f"\\x{unit:x}"
        after_number = not plain
    return f'"{out}"'
