"""Thumbnails over HTTP: of any picture in the four folders, and of nothing else."""

from urllib.parse import quote

from app.services.keys import create_key
from tests.api.test_assets import roots
from tests.pictures import make_picture, opened
from tests.trees import make_image

__all__ = ["roots"]

PICTURE = make_picture((400, 600))
ODD = [
    *("plain.jpg", "50% #1?.jpg", "a+b&c=d.jpg", "a%20b.jpg", "🎬 فيلم.jpg", "é.jpg", "é.jpg"),
    "x" * 240 + ".jpg",
    "line\nend.jpg",
]


def asked(client, path, headers=None, **query):
    return client.get("/api/thumbnail", query_string={"path": path, **query}, headers=headers)


def test_a_picture_of_each_folder_is_made_small(client, machine, roots):
    folders = {"poster_assets": "assets", "manual_poster_assets": "manual", "backup_assets": "backup"}
    places = {prefix: roots[name] for prefix, name in folders.items()} | {"test": machine.paths.test_images}
    for prefix, folder in places.items():
        make_image(folder, "TV/Dark/poster.jpg", PICTURE)
        answer = asked(client, f"/{prefix}/TV/Dark/poster.jpg", width=150)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert opened(answer.data).size == (160, 240)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, max-age=60, must-revalidate"


def test_every_odd_name_is_found_encoded_with_a_query_and_as_it_is(client, roots):
    for name in ODD:
        make_image(roots["assets"], f"TV/{name}", PICTURE)
    shown = {name: asked(client, f"/poster_assets/TV/{name}").status_code for name in ODD}
    encoded = {name: asked(client, f"/poster_assets/TV/{quote(name)}").status_code for name in ODD}
    # Pages hand over an address as they show it, with the time or the hash behind it.
    dated = {name: asked(client, f"/poster_assets/TV/{quote(name)}?t=1").status_code for name in ODD}
    assert shown == encoded == dated == dict.fromkeys(ODD, 200)


ACCEPTED = {
    "image/avif,image/webp,image/apng,*/*;q=0.8": "WEBP",
    "image/webp": "WEBP",
    "image/webp;q=0, image/jpeg": "JPEG",
    "*/*": "JPEG",
    "": "JPEG",
}


def test_the_encoding_is_one_that_the_client_names(client, roots):
    make_image(roots["assets"], content=PICTURE)
    answers = {name: asked(client, "/poster_assets/poster.jpg", {"Accept": name}) for name in ACCEPTED}
    assert {name: opened(answer.data).format for name, answer in answers.items()} == ACCEPTED
    assert {answer.headers["Vary"] for answer in answers.values()} == {"Accept"}


def test_what_the_client_has_is_not_sent_again_until_the_picture_changes(client, machine, roots):
    file = make_image(roots["assets"], content=PICTURE)
    tag = asked(client, "/poster_assets/poster.jpg").headers["ETag"]
    again = asked(client, "/poster_assets/poster.jpg", {"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    file.write_bytes(make_picture((400, 600), (0, 200, 0)))
    changed = asked(client, "/poster_assets/poster.jpg", {"If-None-Match": tag})
    assert changed.status_code == 200 and opened(changed.data).getpixel((9, 9))[1] > 150
    # A thumbnail has no range and no other methods.
    assert client.post("/api/thumbnail?path=/poster_assets/poster.jpg").status_code == 405


HOSTILE = {
    "": 400,
    "poster.jpg": 400,
    "poster_assets/poster.jpg": 400,
    "/poster_assets": 400,
    "/poster_assets/": 400,
    "/images/poster.jpg": 400,
    "/poster_assetsbackup/poster.jpg": 400,
    "//poster_assets/poster.jpg": 400,
    "/poster_assets/a\0.jpg": 400,
    "/poster_assets/a%00.jpg": 400,
    "/poster_assets/../secret.jpg": 404,
    "/poster_assets/..%2fsecret.jpg": 404,
    "/poster_assets/%2e%2e/secret.jpg": 404,
    "/test/../../secret.jpg": 404,
    "/poster_assets/link.jpg": 403,
    "/poster_assets/" + "../" * 1600 + "x.jpg": 404,
    "/poster_assets//etc/passwd.jpg": 404,
    "/poster_assets/nowhere.jpg": 404,
    "/poster_assets/" + "x" * 4900 + ".jpg": 404,
    "/poster_assets/TV": 404,
    "/poster_assets/notes.txt": 404,
    "/poster_assets/.hidden.jpg": 404,
    "/poster_assets/@eaDir/poster.jpg": 404,
    "/poster_assets/broken.jpg": 400,
    "x" * 5_001: 400,
}


def test_nothing_else_can_be_read(client, roots, tmp_path):
    make_image(tmp_path, "secret.jpg", PICTURE)
    for name in ("TV/poster.jpg", "notes.txt", ".hidden.jpg", "@eaDir/poster.jpg"):
        make_image(roots["assets"], name, PICTURE)
    make_image(roots["assets"], "broken.jpg", PICTURE[:200])
    (roots["assets"] / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    answers = {path: asked(client, path) for path in HOSTILE}
    assert {path: answer.status_code for path, answer in answers.items()} == HOSTILE
    assert all(answer.json["detail"] for answer in answers.values())


def test_a_width_that_cannot_be_is_refused(client, roots):
    make_image(roots["assets"], content=PICTURE)
    for width in ("0", "-1", "x", "", "100001", "1e3"):
        assert asked(client, "/poster_assets/poster.jpg", width=width).status_code == 400, width
    assert client.get("/api/thumbnail").status_code == 400


def test_a_thumbnail_needs_a_caller_that_may_read(app, anonymous, machine, roots):
    make_image(roots["assets"], content=PICTURE)
    assert asked(anonymous, "/poster_assets/poster.jpg").status_code == 401
    anonymous.environ_base["HTTP_X_API_KEY"] = create_key(machine, "runner", ["run"])[1]
    assert asked(anonymous, "/poster_assets/poster.jpg").status_code == 403


def test_a_root_that_is_not_configured_is_named(client, machine):
    machine.paths.config.write_text('{"PrerequisitePart": {"BackupPath": ""}}')
    answer = asked(client, "/backup_assets/poster.jpg")
    assert answer.status_code == 404 and "BackupPath" in answer.json["detail"]
