"""The newest images with what the script told of them."""

import json

import pytest

from tests.choices import make_row, take
from tests.trees import index, make_tree

FILM = "Alien (1979)"
SHOW = "Dark (2017) [tvdb-334824]"
LINK = "https://www.themoviedb.org/movie/348/images/posters"


@pytest.fixture
def configure(machine, tmp_path):
    """Answers a function that makes the tree of artwork, in folders unless told otherwise."""

    def configured(*paths, folders="true"):
        tree = make_tree(tmp_path / "assets", *paths)
        section = {"AssetPath": str(tree), "LibraryFolders": folders}
        machine.paths.config.write_text(json.dumps({"PrerequisitePart": section}))
        index(machine)

    return configured


def recent(client):
    answer = client.get("/api/recent-assets").json
    assert answer["success"] is True
    return {asset["poster_url"].rpartition("/")[2]: asset for asset in answer["assets"]}


def make_season(**overrides):
    facts = {"Title": "Dark | Season 2", "Type": "Season", "Rootfolder": SHOW, "LibraryName": "TV Shows"}
    return make_row(**facts | overrides)


def test_an_image_is_told_in_the_words_of_its_choice(client, machine, configure):
    configure(f"Movies/{FILM}/poster.jpg", f"Movies/{FILM}/background.jpg")
    take(machine, make_row(Language="en", Fallback="true", TextTruncated="True"))
    found = recent(client)
    poster, background = found["poster.jpg"], found["background.jpg"]
    assert (poster["title"], poster["type"], poster["language"]) == ("Alien", "Movie", "en")
    assert (poster["fallback"], poster["text_truncated"], poster["is_manually_created"]) == (
        True,
        True,
        False,
    )
    assert poster["provider_link"] == LINK and poster["download_source"].endswith("/x.jpg")
    assert (background["title"], background["language"]) == (FILM, "")


def test_what_the_script_did_not_find_is_no_text(client, machine, configure):
    configure(f"TV Shows/{SHOW}/Season02.jpg")
    nothing = {"Language": "false", "Download_Source": "false", "Fav_Provider_Link": "false"}
    take(machine, make_season(**nothing))
    season = recent(client)["Season02.jpg"]
    assert season["title"] == "Dark | Season 2"
    assert (season["language"], season["download_source"], season["provider_link"]) == ("", "", "")


def test_the_library_of_an_image_in_a_flat_tree_is_known_from_its_choice(client, machine, configure):
    configure(f"{SHOW}_Season02.jpg", folders="false")
    assert recent(client).popitem()[1]["library"] == ""
    take(machine, make_season())
    season = recent(client).popitem()[1]
    assert (season["library"], season["rootfolder"], season["title"]) == ("TV Shows", SHOW, "Dark | Season 2")


def test_a_choice_that_a_person_settles_is_told_at_once(client, machine, configure):
    configure(f"Movies/{FILM}/poster.jpg")
    take(machine, make_row())
    assert recent(client)["poster.jpg"]["is_manually_created"] is False
    number = client.get("/api/imagechoices").json[0]["id"]
    client.put(f"/api/imagechoices/{number}", json={"Title": "Alien", "Manual": "Yes"})
    assert recent(client)["poster.jpg"]["is_manually_created"] is True


def test_the_same_title_in_another_library_is_another_choice(client, machine, configure):
    configure(f"4K Movies/{FILM}/poster.jpg")
    take(machine, make_row(Language="de"), make_row(Language="fr", LibraryName="4K Movies"))
    assert recent(client)["poster.jpg"]["language"] == "fr"


def test_an_answer_that_did_not_change_is_not_sent_again(client, machine, configure):
    configure(f"Movies/{FILM}/poster.jpg")
    take(machine, make_row())
    tag = client.get("/api/recent-assets").headers["ETag"]
    assert client.get("/api/recent-assets", headers={"If-None-Match": tag}).status_code == 304
    take(machine, make_row(Language="en"))
    assert client.get("/api/recent-assets", headers={"If-None-Match": tag}).status_code == 200
