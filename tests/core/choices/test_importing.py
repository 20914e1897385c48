import os
import time
from pathlib import Path

import pytest
from sqlalchemy import update

from app.core.choices.importing import import_choices_now, import_if_changed
from app.core.choices.table import TABLE
from app.core.errors import NotFound, Unavailable
from tests.choices import HEADING, make_csv, make_row, stored, take, titles, write_csv


def import_text(machine, content, age=0):
    write_csv(machine.paths.logs, content, age)
    return import_if_changed(machine.database, machine.paths)


def put_verdict(machine, verdict):
    with machine.database.writing() as session:
        session.execute(update(TABLE).values(verdict=verdict))


def test_a_row_is_kept_as_the_script_told_it(machine):
    assert take(machine, make_row(Fallback="took the season poster")) == 1
    [row] = stored(machine)
    told = {name: row[name] for name in ("title", "type", "rootfolder", "library_name", "language")}
    assert told == {
        "title": "Alien",
        "type": "Movie",
        "rootfolder": "Alien (1979)",
        "library_name": "Movies",
        "language": "Textless",
    }
    assert (row["fallback"], row["text_truncated"], row["manual"]) == (
        "took the season poster",
        "false",
        "false",
    )
    assert (row["tmdbid"], row["tvdbid"], row["imdbid"]) == ("348", "false", "tt0078748")
    assert row["download_source"].startswith("https://image.tmdb.org/")
    assert row["fav_provider_link"].startswith("https://www.themoviedb.org/")


def test_nothing_is_there_to_be_imported(machine):
    assert import_if_changed(machine.database, machine.paths) is None


def test_a_file_is_taken_once(machine):
    assert take(machine, make_row()) == 1
    assert import_if_changed(machine.database, machine.paths) is None


def test_a_file_that_tells_nothing_new_changes_nothing(machine):
    take(machine, make_row())
    before = stored(machine)
    assert import_text(machine, make_csv(make_row()), age=100) == 0
    assert stored(machine) == before


def test_only_a_changed_row_tells_a_new_time(machine):
    take(machine, make_row(), make_row(Title="Brazil"))
    first, second = stored(machine)
    assert take(machine, make_row(), make_row(Title="Brazil", Language="de")) == 1
    again, changed = stored(machine)
    assert (again["updated_at"], again["id"]) == (first["updated_at"], first["id"])
    assert changed["updated_at"] > second["updated_at"]
    assert (changed["id"], changed["created_at"]) == (second["id"], second["created_at"])


@pytest.mark.parametrize("column", ["Title", "Rootfolder", "Type", "LibraryName"])
def test_four_columns_together_tell_one_choice_from_another(machine, column):
    take(machine, make_row(), make_row(**{column: "Other"}))
    assert len(stored(machine)) == 2


def test_columns_do_not_run_into_each_other(machine):
    take(machine, make_row(Title="a", Rootfolder="bc"), make_row(Title="ab", Rootfolder="c"))
    assert len(stored(machine)) == 2


def test_the_later_of_two_equal_rows_counts(machine):
    take(machine, make_row(Language="en"), make_row(Language="de"))
    assert [row["language"] for row in stored(machine)] == ["de"]


def test_what_a_later_run_does_not_mention_stays(machine):
    take(machine, make_row())
    take(machine, make_row(Title="Brazil"))
    assert titles(machine) == ["Alien", "Brazil"]


@pytest.mark.parametrize("verdict", ["Yes", "No"])
def test_the_word_of_a_person_survives_the_next_import(machine, verdict):
    take(machine, make_row())
    put_verdict(machine, verdict)
    take(machine, make_row(Language="de", Manual="true"))
    [row] = stored(machine)
    assert (row["verdict"], row["manual"], row["language"]) == (verdict, "true", "de")


def test_thousands_of_rows_come_in_several_chunks(machine):
    rows = [make_row(Title=f"Film {number}") for number in range(1203)]
    assert take(machine, *rows) == 1203
    assert take(machine, *rows, make_row(Title="One more")) == 1


def test_a_file_may_grow_while_it_is_watched(machine):
    whole = make_csv(make_row(), make_row(Title="Brazil"))
    half = whole[: whole.index("Brazil") + 3]
    assert import_text(machine, half) == 1
    assert titles(machine) == ["Alien"]
    assert import_text(machine, whole) == 1
    assert titles(machine) == ["Alien", "Brazil"]


def test_a_file_with_nothing_in_it_is_fine(machine):
    assert import_text(machine, "") == 0
    assert import_text(machine, make_csv()) == 0


def test_a_dummy_row_stands_for_nothing(machine):
    empty = dict.fromkeys(HEADING, "")
    assert import_text(machine, make_csv(empty)) == 0
    assert stored(machine) == []


def test_a_row_without_a_title_is_passed_over(machine):
    take(machine, make_row(Title=""), make_row())
    assert titles(machine) == ["Alien"]


@pytest.mark.parametrize("missing", ["tmdbid", "Fav Provider Link", "Manual", "Type"])
def test_a_column_may_be_missing(machine, missing):
    heading = [name for name in HEADING if name != missing]
    assert import_text(machine, make_csv(make_row(), heading=heading)) == 1
    assert titles(machine) == ["Alien"]


def test_a_file_without_a_column_does_not_erase_what_is_known(machine):
    take(machine, make_row())
    heading = [name for name in HEADING if name != "tmdbid"]
    import_text(machine, make_csv(make_row(Language="de"), heading=heading))
    [row] = stored(machine)
    assert (row["tmdbid"], row["language"]) == ("348", "de")


def test_a_file_of_keys_alone_adds_rows_and_changes_none(machine):
    take(machine, make_row())
    heading = ("Title", "Type", "Rootfolder", "LibraryName")
    import_text(machine, make_csv(make_row(), make_row(Title="Brazil"), heading=heading))
    assert [(row["title"], row["language"]) for row in stored(machine)] == [
        ("Alien", "Textless"),
        ("Brazil", ""),
    ]


def test_columns_of_newer_scripts_are_passed_over(machine):
    heading = (*HEADING[:5], "Logo Source", *HEADING[5:])
    import_text(machine, make_csv(make_row(Logo_Source="https://logo"), heading=heading))
    assert stored(machine)[0]["imdbid"] == "tt0078748"


def test_a_byte_order_mark_is_no_part_of_a_title(machine):
    import_text(machine, "\ufeff" + make_csv(make_row()))
    assert titles(machine) == ["Alien"]


def test_commas_may_stand_between_the_columns(machine):
    import_text(machine, make_csv(make_row(Title="Alien; Director's Cut, 2003"), delimiter=","))
    assert titles(machine) == ["Alien; Director's Cut, 2003"]


@pytest.mark.parametrize(("told", "kept"), [("True", "true"), ("FALSE", "false"), (" false ", "false")])
def test_flags_are_small_words(machine, told, kept):
    take(machine, make_row(Fallback=told, TextTruncated=told, Manual=told, Language=told, tvdbid=told))
    [row] = stored(machine)
    names = ("fallback", "text_truncated", "manual", "language", "tvdbid")
    assert {row[name] for name in names} == {kept}


def test_a_film_may_be_called_true(machine):
    take(machine, make_row(Title="True", Rootfolder="False"))
    assert (stored(machine)[0]["title"], stored(machine)[0]["rootfolder"]) == ("True", "False")


def test_quotes_and_line_ends_belong_to_a_title(machine):
    odd = 'He said "no";\r\nand\nleft'
    take(machine, make_row(Title=odd), make_row())
    assert titles(machine) == [odd, "Alien"]


def test_bytes_that_are_no_text_cost_only_themselves(machine):
    content = make_csv(make_row(Title="Am\u00e9lie"), make_row()).encode("latin-1")
    import_text(machine, content)
    assert titles(machine) == ["Am\ufffdlie", "Alien"]


def test_nul_characters_are_left_out(machine):
    import_text(machine, make_csv(make_row(Title="Al\0ien")))
    assert titles(machine) == ["Alien"]


def test_a_title_may_be_longer_than_any_index_takes(machine):
    title = os.urandom(6000).hex()
    take(machine, make_row(Title=title))
    assert take(machine, make_row(Title=title, Language="de")) == 1
    assert titles(machine) == [title]


def test_rows_of_another_width_are_left_out(machine):
    content = (
        make_csv(make_row()) + '"Broken";"Movie"\r\n' + make_csv(make_row(Title="Brazil")).split("\r\n")[1]
    )
    import_text(machine, content + "\r\n")
    assert titles(machine) == ["Alien", "Brazil"]


def test_a_line_that_was_cut_and_written_on_is_no_row(machine):
    whole = make_csv(make_row())
    cut = whole[: whole.index("https") + 9]
    import_text(machine, cut + make_csv(make_row(Title="Brazil"), make_row(Title="Cube")))
    assert "Alien" not in titles(machine)
    assert titles(machine)[-1] == "Cube"


@pytest.mark.parametrize("content", ["<html></html>\n", "Name;Year\r\nAlien;1979\r\n", "\0\0\0\n", '"' * 99])
def test_what_is_no_list_of_choices_is_passed_over_once(machine, content):
    import_text(machine, content)
    assert stored(machine) == []
    assert import_if_changed(machine.database, machine.paths) is None


def test_rotated_files_that_were_missed_are_taken_once_the_oldest_first(machine):
    rotated = machine.paths.rotated_logs
    write_csv(rotated / "Logs_20251124_010000", make_csv(make_row(Language="en"), make_row(Title="A")), 300)
    write_csv(rotated / "Logs_20251125_010000", make_csv(make_row(Language="de"), make_row(Title="B")), 200)
    assert take(machine, make_row(Language="fr"), make_row(Title="C")) == 6
    assert [(row["title"], row["language"]) for row in stored(machine)] == [
        ("Alien", "fr"),
        ("A", "Textless"),
        ("B", "Textless"),
        ("C", "Textless"),
    ]
    assert import_if_changed(machine.database, machine.paths) is None


def test_a_file_is_not_taken_again_when_it_was_rotated(machine):
    take(machine, make_row())
    target = machine.paths.rotated_logs / "Logs_20251125_010000"
    target.mkdir()
    (machine.paths.logs / "ImageChoices.csv").rename(target / "ImageChoices.csv")
    assert import_if_changed(machine.database, machine.paths) is None


def test_what_a_run_added_before_it_was_rotated_is_taken_from_there(machine):
    take(machine, make_row())
    folder = machine.paths.rotated_logs / "Logs_20251125_010000"
    machine.paths.logs.rename(folder)
    time.sleep(0.02)
    write_csv(folder, make_csv(make_row(), make_row(Title="Brazil")))
    assert import_if_changed(machine.database, machine.paths) == 1


def test_an_older_copy_in_rotated_logs_overwrites_nothing(machine):
    take(machine, make_row(Language="de"))
    write_csv(machine.paths.rotated_logs / "Logs_20200101_010000", make_csv(make_row(Language="en")), 9000)
    assert import_if_changed(machine.database, machine.paths) is None
    assert stored(machine)[0]["language"] == "de"


def test_a_file_with_an_older_time_in_logs_is_taken_all_the_same(machine):
    take(machine, make_row())
    assert import_text(machine, make_csv(make_row(Language="de")), age=9000) == 1


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(machine):
    folder = machine.paths.rotated_logs / "Logs_20251124_010000"
    (folder / "ImageChoices.csv").mkdir(parents=True)
    write_csv(machine.paths.logs, make_csv(make_row()))
    with pytest.raises(IsADirectoryError):
        import_if_changed(machine.database, machine.paths)
    assert titles(machine) == ["Alien"]


def test_an_import_that_is_asked_for_takes_the_file_again(machine):
    take(machine, make_row())
    tally = import_choices_now(machine.database, machine.paths)
    assert (tally.added, tally.updated, tally.unchanged) == (0, 0, 1)


def test_an_import_that_is_asked_for_needs_a_file(machine):
    with pytest.raises(NotFound):
        import_choices_now(machine.database, machine.paths)


def test_an_import_that_is_asked_for_tells_what_cannot_be_read(machine):
    (machine.paths.logs / "ImageChoices.csv").mkdir()
    with pytest.raises(Unavailable):
        import_choices_now(machine.database, machine.paths)


def test_rows_are_taken_without_settings_too(machine):
    Path(machine.paths.config).write_text("{")
    assert take(machine, make_row()) == 1
