"""Questions that the built-in poster script answers at once, without a run: it prints one JSON document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any, BinaryIO

from app.core.access.redaction import redact
from app.core.errors import Unavailable, reason_of
from app.core.modes import BUILT_IN, EDITING, script_command, script_environment
from app.core.processes import MARK
from app.core.runner import output_of

NONE: Mapping[str, str] = MappingProxyType({})
INQUIRE = "-Inquire"
# Codes with which it ends after it has printed its document: done, something failed, and a run is active.
ANSWERED = (0, 1, 4)


@dataclass(frozen=True)
class EngineCalls:
    """Calls the script in the data folder; `environment` is what a script may know, without secrets."""

    folder: Path
    environment: Mapping[str, str]

    def inquire(
        self, name: str, given: Mapping[str, Any], seconds: float, content: BinaryIO | None = None
    ) -> dict[str, Any]:
        """The answer to an inquiry by its name, with what is given and, where it takes one, an open file."""
        secret = {"INQUIRY": json.dumps(dict(given))}
        return self.ask(INQUIRE, name, seconds=seconds, secret=secret, content=content)

    def edit(self, document: Mapping[str, Any], run: str, seconds: float) -> dict[str, Any]:
        """{"run", "done": [path], "failed": [{"path", "error", "code"}]} of a document of edits.

        `run` is what the journal's name of the run ends with. `Unavailable` where another edit is at work.
        """
        with TemporaryFile() as content:
            content.write(json.dumps(document).encode())
            content.seek(0)
            answer = self.ask(seconds=seconds, secret={MARK: run}, content=content, part=EDITING)
        if "refused" in answer:
            raise Unavailable(f"The artwork cannot be edited now: {answer['refused']}.")
        return answer

    def ask(
        self,
        *arguments: str,
        seconds: float,
        secret: Mapping[str, str] = NONE,
        content: BinaryIO | None = None,
        part: str = BUILT_IN,
    ) -> Any:
        """The document that it prints; `Unavailable` where it prints none in that time.

        `secret` are variables, which other processes cannot read as they can read arguments; `content` is an
        open file that it may read. `part` is the package of the script that is started in its place.
        """
        environment = script_environment("", {**self.environment, **secret})
        try:
            command = [*script_command("", part), *arguments]
            text = output_of(command, environment, seconds, self.folder, good=ANSWERED, given=content)
            return json.loads(text)
        except OSError as error:
            raise Unavailable(f"The poster engine cannot be asked: {redact(reason_of(error))}.") from error
        except ValueError as error:
            raise Unavailable("The poster engine gave no answer that can be read.") from error
