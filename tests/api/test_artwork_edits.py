"""Artwork is deleted, held and released by hand, the lists show it at once, and undo takes it back."""

from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from app.cli.undo_commands import undo
from app.models import Status
from tests.api.conftest import configure
from tests.choices import make_row, take
from tests.driving import row, script
from tests.edited_artwork import BACKGROUND, FILM, ODD, TWIN, make_trees
from tests.trees import make_image

GALLERIES = ["gallery", "backgrounds", "seasons", "titlecards", "manual-assets", "backup-assets"]


@pytest.fixture
def folder(machine, client, monkeypatch):
    return make_trees(machine, monkeypatch)


def tree_of(folder: Path, gallery: str) -> Path:
    return folder / {"manual-assets": "manual", "backup-assets": "backup"}.get(gallery, "assets")


def posters(client) -> list[str]:
    return [image["path"] for image in client.get("/api/gallery").json["images"]]


@pytest.mark.parametrize("gallery", GALLERIES)
def test_a_deleted_picture_is_gone_and_comes_back_by_the_undo_of_its_run(client, machine, folder, gallery):
    file = tree_of(folder, gallery) / FILM
    answer = client.delete(f"/api/{gallery}/{quote(FILM, safe='')}")
    assert (answer.status_code, answer.json["success"]) == (200, True) and not file.exists()
    run = row(machine, answer.json["run_id"])
    assert (run.mode, run.status, run.images_cleared) == ("edit", Status.COMPLETED, 1)
    undo = client.post(f"/api/runs/{run.id}/undo").json
    assert (undo["success"], undo["status"], undo["queued"]) == (True, "completed", False)
    assert file.read_bytes() == FILM.encode()
    assert client.get(f"/api/runs/{run.id}").json["run"]["undone_by"] == undo["run_id"]
    client.post(f"/api/runs/{undo['run_id']}/undo")
    assert not file.exists(), "an undo of an undo"


def test_the_gallery_shows_a_deletion_and_its_undo_at_once(client, folder):
    before = posters(client)
    number = client.delete(f"/api/gallery/{quote(FILM)}").json["run_id"]
    assert posters(client) == [path for path in before if path != FILM]
    counts = {one["name"]: one["poster_count"] for one in client.get("/api/assets-folders").json["folders"]}
    assert counts["Classics"] == 1 and "Movies" in counts
    client.post(f"/api/runs/{number}/undo")
    assert posters(client) == before


@pytest.mark.parametrize("path", ODD)
def test_pictures_with_any_name_are_deleted(client, folder, path):
    assert client.delete(f"/api/gallery/{quote(path, safe='')}").status_code == 200
    assert not (folder / "assets" / path).exists()


def test_separators_of_windows_and_empty_parts_name_the_same_picture(client, folder):
    windows = FILM.replace("/", "\\")
    answer = client.post("/api/gallery/bulk-delete", json={"paths": [windows, f"./{BACKGROUND}"]})
    assert answer.json["deleted"] == [windows, f"./{BACKGROUND}"]
    assert not (folder / "assets" / "Movies" / "Alien (1979)").exists()


@pytest.mark.parametrize("gallery", GALLERIES)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("Movies/Alien%20(1979)/none.jpg", 404),
        ("..%2Felsewhere.jpg", 403),
        ("Movies%2F..%2F..%2Felsewhere.jpg", 403),
        ("..%5Celsewhere.jpg", 403),
        ("Movies", 400),
        ("a%00.jpg", 400),
        ("x" * 300 + ".jpg", 404),
        ("%F0%9F.jpg", 404),
    ],
)
def test_a_path_that_cannot_be_deleted_is_refused(client, folder, gallery, path, status):
    (folder / "elsewhere.jpg").write_bytes(b"theirs")
    answer = client.delete(f"/api/{gallery}/{path}")
    assert answer.status_code == status and answer.json["success"] is False
    assert answer.json["detail"] == answer.json["message"]
    assert (folder / "elsewhere.jpg").exists()
    assert client.get("/api/runs").json["total"] == 0


def test_a_link_that_leads_outside_is_followed_only_where_it_may_be(client, machine, folder):
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "poster.jpg").write_bytes(b"theirs")
    (folder / "assets" / "linked").symlink_to(folder / "elsewhere")
    assert client.delete("/api/gallery/linked/poster.jpg").status_code == 403
    assert client.delete("/api/manual-assets/notes.txt").status_code == 400
    assert (folder / "elsewhere" / "poster.jpg").exists() and (folder / "manual" / "notes.txt").exists()
    configure(machine, FollowSymlink="true")
    assert client.delete("/api/gallery/linked/poster.jpg").status_code == 200
    assert not (folder / "elsewhere" / "poster.jpg").exists()


@pytest.mark.parametrize("gallery", GALLERIES)
def test_who_may_not_change_artwork_deletes_nothing(anonymous, folder, gallery):
    assert anonymous.delete(f"/api/{gallery}/{FILM}").status_code == 401
    assert anonymous.post(f"/api/{gallery}/bulk-delete", json={"paths": [FILM]}).status_code == 401
    assert (tree_of(folder, gallery) / FILM).exists()


@pytest.mark.parametrize("gallery", GALLERIES)
def test_many_are_deleted_as_one_run_and_those_that_cannot_be_are_named(client, machine, folder, gallery):
    names = [FILM, "none.jpg", "../elsewhere.jpg"]
    answer = client.post(f"/api/{gallery}/bulk-delete", json={"paths": [*names, FILM]}).json
    assert (answer["success"], answer["deleted"]) == (True, [FILM])
    assert [one["path"] for one in answer["failed"]] == names[1:] and answer["failed"][0]["error"]
    client.post(f"/api/runs/{answer['run_id']}/undo")
    assert (tree_of(folder, gallery) / FILM).exists()


def test_a_bulk_deletion_of_which_nothing_can_be_done_is_no_success_and_no_run(client, folder):
    answer = client.post("/api/gallery/bulk-delete", json={"paths": ["none.jpg"]}).json
    assert (answer["success"], answer["deleted"], answer["run_id"]) == (False, [], None)
    assert client.post("/api/gallery/bulk-delete", json={"paths": []}).json["success"] is True


@pytest.mark.parametrize("body", [{}, {"paths": "x"}, {"paths": [5]}, {"paths": None}, [], {"path": []}])
def test_a_body_without_paths_is_refused(client, folder, body):
    assert client.post("/api/gallery/bulk-delete", json=body).status_code == 400


def choices(client) -> dict[tuple[str, str], int]:
    return {(one["LibraryName"], one["Type"]): one["id"] for one in client.get("/api/imagechoices").json}


@pytest.fixture
def chosen(machine, client, folder):
    """Choices for both films of the name, a background, and one without a picture; their numbers by title."""
    take(
        machine,
        make_row(),
        make_row(LibraryName="Classics"),
        make_row(Type="Movie Background"),
        make_row(Title="Gone", Rootfolder="Gone (2000)"),
    )
    return {(one["Title"], one["LibraryName"], one["Type"]): one["id"] for one in listed(client)}


def listed(client) -> list[dict]:
    return client.get("/api/imagechoices").json


def test_the_choice_of_a_deleted_picture_goes_with_it_only_in_its_library_and_comes_back(client, chosen):
    before = [{**one, "id": None} for one in listed(client)]
    number = client.delete(f"/api/gallery/{FILM}").json["run_id"]
    left = {(one["Title"], one["LibraryName"], one["Type"]) for one in listed(client)}
    assert left == chosen.keys() - {("Alien", "Movies", "Movie")}
    client.post(f"/api/runs/{number}/undo")
    assert sorted(map(str, ({**one, "id": None} for one in listed(client)))) == sorted(map(str, before))


def test_a_choice_is_deleted_with_its_picture_or_alone(client, chosen, folder):
    film, gone = chosen["Alien", "Movies", "Movie"], chosen["Gone", "Movies", "Movie"]
    answer = client.delete(f"/api/assets/delete-asset/{film}").json
    assert (answer["success"], answer["file_deleted"], answer["db_deleted"]) == (True, True, True)
    assert not (folder / "assets" / FILM).exists() and (folder / "assets" / TWIN).exists()
    answer = client.delete(f"/api/assets/delete-asset/{gone}").json
    assert (answer["file_deleted"], answer["db_deleted"], answer["run_id"]) == (False, True, None)
    assert client.delete(f"/api/assets/delete-asset/{film}").status_code == 404
    assert len(listed(client)) == 2


def test_many_choices_are_deleted_as_one_run(client, chosen, folder):
    body = {"record_ids": [*chosen.values(), 999, *chosen.values()]}
    answer = client.post("/api/assets/bulk-delete-assets", json=body).json
    assert (answer["success"], answer["deleted_count"], answer["failed_count"]) == (True, 4, 1)
    assert [one["record_id"] for one in answer["failed_items"]] == [999] and listed(client) == []
    client.post(f"/api/runs/{answer['run_id']}/undo")
    assert (folder / "assets" / FILM).exists() and len(listed(client)) == 3


@pytest.mark.parametrize("numbers", [[0], [-1], ["x"], [2**40], "x", None])
def test_numbers_that_are_none_of_choices_are_refused(client, folder, numbers):
    answer = client.post("/api/assets/bulk-delete-assets", json={"record_ids": numbers})
    assert answer.status_code == 400


def test_an_edit_is_in_the_history_and_not_in_the_numbers_of_runs(client, folder):
    client.delete(f"/api/gallery/{FILM}")
    history = client.get("/api/runtime-history?mode=edit").json
    assert (history["total"], history["history"][0]["notes"]) == (1, "1 deleted")
    assert client.get("/api/runtime-stats").json["success"] is False
    assert client.get("/api/runtime-summary?days=7").json["summary"]["total_runs"] == 0
    assert client.get("/api/runs?mode=edit").json["runs"][0]["changed_artwork"] is True


def test_edits_and_their_undo_need_no_built_in_script_for_runs(overrides, request):
    overrides["POSTER_SCRIPT"] = script("obedient")
    client, folder = (request.getfixturevalue(name) for name in ("client", "folder"))
    number = client.delete(f"/api/gallery/{FILM}").json["run_id"]
    assert client.post(f"/api/runs/{number}/undo", json={"plan": True}).status_code == 409
    assert client.post(f"/api/runs/{number}/undo").json["success"] is True
    assert (folder / "assets" / FILM).exists()


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"assets": ["Movies/none.jpg"]}, 400, "did not change"),
        ({"assets": ["../x"]}, 400, "did not change"),
        (None, 409, "changed since then"),
    ],
)
def test_an_undo_of_an_edit_that_cannot_be_done_says_why(client, folder, body, status, words):
    number = client.delete(f"/api/gallery/{FILM}").json["run_id"]
    make_image(folder / "assets", FILM, b"made anew")
    answer = client.post(f"/api/runs/{number}/undo", json=body or {})
    assert answer.status_code == status and words in answer.json["message"]
    assert (folder / "assets" / FILM).read_bytes() == b"made anew"


def test_some_files_of_an_edit_are_taken_back_and_the_rest_later(client, folder):
    number = client.post("/api/gallery/bulk-delete", json={"paths": [FILM, TWIN]}).json["run_id"]
    client.post(f"/api/runs/{number}/undo", json={"assets": [TWIN]})
    assert (folder / "assets" / TWIN).exists() and not (folder / "assets" / FILM).exists()
    assert client.get(f"/api/runs/{number}").json["run"]["undone_in_part"] is True
    client.post(f"/api/runs/{number}/undo")
    assert (folder / "assets" / FILM).exists()
    assert client.get(f"/api/runs/{number}").json["run"]["undone_in_part"] is False


def test_an_undo_of_an_edit_says_how_many_files_it_left(client, folder):
    answer = client.post("/api/assets/bulk-edit", json={"action": "delete", "paths": [FILM, TWIN]}).json
    make_image(folder / "assets", FILM, b"another one since")
    undo = client.post(f"/api/runs/{answer['run_id']}/undo").json
    assert (undo["taken_back"], undo["left"]) == (1, 1)
    assert (folder / "assets" / TWIN).exists()


def test_an_edit_is_undone_from_the_command_line(client, machine, folder, monkeypatch):
    number = client.delete(f"/api/gallery/{FILM}").json["run_id"]
    monkeypatch.setattr("app.cli.undo_commands.ready_machine", lambda: nullcontext(machine))
    ended = CliRunner().invoke(undo, [str(number)])
    assert ended.exit_code == 0
    assert ended.output.endswith(f"run {number + 1}: 1 files are as they were before\n")
    assert (folder / "assets" / FILM).exists()
