from app.core.script_file import script_exists


def test_the_built_in_script_always_exists():
    assert script_exists("")


def test_a_named_file_must_be_there(tmp_path):
    script = tmp_path / "Posterizarr.ps1"
    assert not script_exists(str(script))
    script.write_text("")
    assert script_exists(str(script))


def test_a_folder_is_no_script(tmp_path):
    assert not script_exists(str(tmp_path))


def test_a_program_on_the_search_path_is_found():
    assert script_exists("sh")
