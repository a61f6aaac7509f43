"""Makes a torrent of each entry of a folder, as fast as Python's requests allows: the queue is kept full, one status call
tells of all tasks, each torrent is fetched, written and its task deleted. Nothing is compared.

requests_creator.py URL USER PASSWORD-FILE SOURCES RESULTS
"""

import os
import pathlib
import sys

import requests

url, user, password, sources, results = sys.argv[1:]
session = requests.Session()
session.trust_env = False
api = f"{url}/api/v2/"
session.post(api + "auth/login", data={"username": user, "password": pathlib.Path(password).read_text("ascii")})
waiting = sorted(os.listdir(sources), reverse=True)
tasks = {}
while waiting or tasks:
    while waiting and len(tasks) < 200:
        name = waiting.pop()
        form = {"sourcePath": os.path.join(sources, name), "startSeeding": "false", "private": "false"}
        tasks[session.post(api + "torrentcreator/addTask", data=form).json()["taskID"]] = name
    for task in session.get(api + "torrentcreator/status").json():
        if task["status"] != "Finished" or task["taskID"] not in tasks:
            continue
        answer = session.get(api + "torrentcreator/torrentFile", params={"taskID": task["taskID"]})
        name = tasks.pop(task["taskID"])
        pathlib.Path(results, name + ".torrent").write_bytes(answer.content)
        session.post(api + "torrentcreator/deleteTask", data={"taskID": task["taskID"]})
session.post(api + "auth/logout")
