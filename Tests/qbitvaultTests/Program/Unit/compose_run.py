"""Reads a compose file as docker does, and prints what its one service would be started with, as JSON.

    compose_run.py < compose.yaml
"""

import json
import re
import sys

import yaml


def interpolated(value):
    """`$$` is a dollar sign; any other would be a variable, of which there are none here."""
    if isinstance(value, dict):
        return {key: interpolated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [interpolated(inner) for inner in value]
    if not isinstance(value, str):
        return value
    if re.search(r"(?<!\$)(\$\$)*\$(?!\$)", value):
        sys.exit(f"a variable in {value!r}")
    return value.replace("$$", "$")


def main():
    document = interpolated(yaml.safe_load(sys.stdin))
    [(name, service)] = document["services"].items()
    secrets = [
        {"file": document["secrets"][secret["source"]]["file"], "target": secret["target"]}
        for secret in service.get("secrets", [])
    ]
    for volume in service["volumes"]:
        if volume["type"] == "volume" and volume["source"] not in document["volumes"]:
            sys.exit(f"no volume {volume['source']}")
    json.dump(
        {
            "name": name,
            "image": service["image"],
            "argv": service["entrypoint"] + service["command"],
            "user": service["user"],
            "environment": service["environment"],
            "secrets": secrets,
            "state": [volume["target"] for volume in service["volumes"] if volume["type"] == "volume"],
            "binds": [
                {"source": volume["source"], "target": volume["target"], "read_only": volume["read_only"]}
                for volume in service["volumes"]
                if volume["type"] == "bind"
            ],
            "read_only": service["read_only"],
            "network": service.get("network_mode"),
            "memlock": service["ulimits"]["memlock"],
        },
        sys.stdout,
    )
    print()


main()
