"""The least that Flask can do: the yardstick of every HTTP figure."""

from flask import Flask, jsonify

app = Flask(__name__, static_folder=None)


@app.get("/api")
def service():
    return jsonify(message="Posterizarr Web UI API", status="running")
