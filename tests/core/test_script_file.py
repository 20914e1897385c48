import pytest

from app.core.script_file import runs_script, script_exists


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


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "poster.sh").write_text("#!/usr/bin/env -S bash -e\n")
    (tmp_path / "elsewhere").mkdir()
    return tmp_path


RUN = [
    ("pwsh -File /app/Posterizarr.ps1 -Testing", "", True),
    ("/usr/bin/pwsh -NoLogo -ExecutionPolicy Bypass -f Posterizarr.ps1", "", True),
    ("powershell.exe C:\\app\\POSTERIZARR.PS1", "", True),
    ("pwsh -NoProfile -Command & '/app/my files/Posterizarr.ps1' -Manual", "", True),
    ("pwsh -c ./Posterizarr.ps1", "", True),
    ("/app/Posterizarr.ps1 -Testing", "", True),
    ("/venv/bin/python3 -m app.poster -Testing", "", True),
    ("python3 -X dev -Wignore -um app.poster", "", True),
    ("python -I -S /x/app/core/launch.py /d/1-1.json null -- python -m app.poster", "", True),
    ("python3 -u poster.py", "poster.py", True),
    ("./poster.sh normal", "poster.sh", True),
    ("bash -e ./poster.sh", "poster.sh", True),
    ("pwsh -File other.ps1", "other.ps1", True),
    ("tail -f /app/Posterizarr.ps1", "", False),
    ("vim poster.sh", "poster.sh", False),
    ("grep -r token app.poster", "", False),
    ("bash -c pwsh Posterizarr.ps1", "", False),
    ("pwsh -File /app/Start.ps1 Posterizarr.ps1", "", False),
    ("pwsh -Command Get-Content Posterizarr.ps1", "", False),
    ("python3 editor.py poster.py", "poster.py", False),
    ("python3 -c pass app.poster", "", False),
    ("python3 -m pdb app.poster", "", False),
    ("python3 elsewhere/poster.py", "poster.py", False),
    ("python3 poster.py", "", False),
    ("posterizarr serve", "", False),
    ("", "", False),
    ("pwsh", "", False),
    ("python3 -m", "", False),
]


@pytest.mark.parametrize(("line", "script", "expected"), RUN, ids=[line for line, _, _ in RUN])
def test_a_script_is_known_by_its_place_in_the_command_line(folder, line, script, expected):
    assert runs_script(line.split(" ") if line else [], folder, script and str(folder / script)) is expected


def test_a_script_is_known_by_its_real_path(folder):
    (folder / "link").symlink_to(folder)
    assert runs_script(["python3", "link/poster.py"], folder, str(folder / "poster.py"))
