"""The poster script that POSTER_SCRIPT names: whether it exists, and which command lines run it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from app.core.modes import BUILT_IN

# Its name is enough, since people run their own copy of it; of other scripts the path has to be the same.
ORIGINAL = "posterizarr.ps1"
POWERSHELL = ("pwsh", "powershell", "pwsh-preview")
# Parameters of pwsh that take a value, by all that they can be shortened to.
POWERSHELL_VALUES = (
    *("executionpolicy", "ep", "inputformat", "outputformat", "windowstyle", "workingdirectory", "wd"),
    *("settingsfile", "configurationname", "configurationfile", "custompipename", "version"),
)
PYTHON_VALUES = "WX"
SHEBANG_BYTES = 256


def script_exists(script: str) -> bool:
    """Whether the script can be found; the built-in one, which no name stands for, always can."""
    return not script or Path(script).is_file() or shutil.which(script) is not None


def runs_script(words: Sequence[str], folder: Path, script: str) -> bool:
    """Whether a command line runs the poster script: as its program, or as what its interpreter runs.

    A script that stands elsewhere, as the file that an editor or `tail` opens, is not run. `words` are those
    of a process that works in `folder`; `script` is the configured one, "" for the built-in.
    """
    target = executed_target(without_launcher(words), script)
    if not target or target == BUILT_IN:
        return bool(target)
    return name_of(target) == ORIGINAL or bool(script) and is_same_file(folder / target, Path(script))


def without_launcher(words: Sequence[str]) -> Sequence[str]:
    """The words after those of our launcher, which becomes the program that they name."""
    if "--" in words and any(name_of(word) == "launch.py" for word in words[: words.index("--")]):
        return words[words.index("--") + 1 :]
    return words


def executed_target(words: Sequence[str], script: str) -> str:
    """The file or module that a command line runs; "" where that cannot be a poster script."""
    program = name_of(words[0]).removesuffix(".exe") if words else ""
    if program in POWERSHELL:
        return powershell_target(words[1:])
    if program.startswith("python"):
        return python_target(words[1:])
    if program in interpreters(script):
        return next((word for word in words[1:] if not word.startswith("-")), "")
    return words[0] if words else ""


def name_of(word: str) -> str:
    return word.replace("\\", "/").rpartition("/")[2].lower()


def powershell_target(words: Sequence[str]) -> str:
    """What pwsh runs: the value of -File or -Command, or the first word that is no parameter."""
    waiting = iter(words)
    for word in waiting:
        name = word.lstrip("-").lower()
        if not word.startswith("-") or not name:
            return word
        if "file".startswith(name):
            return next(waiting, "")
        if "command".startswith(name):
            return first_command(" ".join(waiting))
        if any(value.startswith(name) for value in POWERSHELL_VALUES):
            next(waiting, "")
    return ""


def first_command(text: str) -> str:
    """The command that a line of PowerShell begins with, without the call operator and quotes."""
    bare = text.strip().removeprefix("&").removeprefix(". ").strip()
    if bare[:1] in ("'", '"'):
        return bare[1:].partition(bare[0])[0]
    return bare.partition(" ")[0]


def python_target(words: Sequence[str]) -> str:
    """What Python runs: a module, or the first word that is no option; "" for code in the command line."""
    waiting = iter(words)
    for word in waiting:
        if not word.startswith("-") or word == "-":
            return word
        option, value = value_option(word)
        if option and not value:
            value = next(waiting, "")
        if option in ("m", "c"):
            return value if option == "m" else ""
    return ""


def value_option(word: str) -> tuple[str, str]:
    """(option, value) of the Python option in a word that takes a value; the value is "" where it follows."""
    if word.startswith("--"):
        return "", ""
    found = next((place for place, letter in enumerate(word) if letter in ("m", "c", *PYTHON_VALUES)), None)
    return ("", "") if found is None else (word[found], word[found + 1 :])


def interpreters(script: str) -> Iterator[str]:
    """The names of the programs that the first line of a script asks for."""
    with suppress(OSError, ValueError):
        with Path(script).open("rb") as file:
            first = file.readline(SHEBANG_BYTES).decode(errors="replace")
        if script and first.startswith("#!"):
            yield from (name_of(word) for word in first[2:].split() if not word.startswith("-"))


def is_same_file(one: Path, other: Path) -> bool:
    with suppress(OSError, RuntimeError, ValueError):
        return one.resolve() == other.resolve()
    return False
