"""Counts of uploads in one run, and the line of what is in trouble."""

from collections import Counter
from dataclasses import dataclass, field

from app.poster.records.server_art import UploadState

# In the order in which the problem line names them.
PROBLEMS = {
    UploadState.WAITING: "{} wait and go up with the next run",
    UploadState.REFUSED: "{} were refused by the server",
    UploadState.OVERWRITTEN: "{} were overwritten by a person or another tool and are left so",
    UploadState.KEPT: "{} stay below art that is not ours",
}


@dataclass
class UploadTally:
    """`states` counts places of all pictures that the run saw, `sent` those that it uploaded to.

    `replaced` counts places where the server had put its own picture in place of ours. `is_on` says that
    the run uploads at all, and `trouble` is the sentence for which nothing more was sent, or "".
    """

    is_on: bool = False
    sent: int = 0
    replaced: int = 0
    trouble: str = ""
    states: Counter[UploadState] = field(default_factory=Counter)

    @property
    def problem_line(self) -> str:
        """One sentence with counts, "" where every picture is shown."""
        parts = [words.format(self.states[state]) for state, words in PROBLEMS.items() if self.states[state]]
        if not parts:
            return ""
        why = f" ({self.trouble})" if self.trouble else ""
        return f"Uploads: {', '.join(parts)}{why}"

    def lines(self) -> list[str]:
        """The closing lines, in the contract's words where it has some; none where nothing is uploaded."""
        if not self.is_on:
            return []
        lines = [f"Finished, Total images Uploaded: {self.sent}"]
        if self.replaced:
            lines.append(f"'{self.replaced}' times the server had put its own picture in place of ours")
        return [*lines, self.problem_line] if self.problem_line else lines

    def facts(self) -> dict:
        """What <mode>.json says of uploads: counts by the words of UploadState, and the problem line."""
        counts = {state.value: self.states[state] for state in UploadState}
        return {
            "Images Uploaded": self.sent,
            "Uploads": {**counts, "replaced_by_server": self.replaced},
            "Upload Problems": self.problem_line,
        }
