"""The least that Flask can do: the yardstick of every HTTP figure."""

import os

from flask import Flask, Response, jsonify, send_file

app = Flask(__name__, static_folder=None)


@app.get("/api")
def service():
    return jsonify(message="Posterizarr Web UI API", status="running")


@app.get("/file")
def file() -> Response:
    """The file that BARE_FILE names."""
    return send_file(os.environ["BARE_FILE"], conditional=True)
