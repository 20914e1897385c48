"""The support zip by API: for administrators, and without the secrets of the server itself."""

import io
import json
import re
from zipfile import ZipFile

from tests.conftest import KEY


def test_the_zip_is_downloaded_without_any_secret_of_server_and_settings(client, machine):
    config = json.loads(machine.paths.config.read_text())
    config["ApiPart"]["PlexToken"] = "planted-plex-token"
    machine.paths.config.write_text(json.dumps(config))
    (machine.paths.logs / "Scriptlog.log").write_text(f"the key {KEY} and planted-plex-token\n")
    answer = client.post("/api/admin/support-zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    name = r"attachment; filename=posterizarr_support_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.zip"
    assert re.fullmatch(name, answer.headers["Content-Disposition"])
    content = answer.data
    answer.close()
    with ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert texts["Logs/Scriptlog.log"] == "the key *** and ***\n"
    assert not any(KEY in text or "planted" in text for text in texts.values())


def test_nobody_else_gets_it(anonymous):
    assert anonymous.post("/api/admin/support-zip").status_code == 401
