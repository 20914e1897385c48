"""Why a run ended as it did, as a code with values: rows have sentences in English."""

from app.core.coded_sentences import CodedSentence, coded_sentence, compiled_patterns

EXIT = r"the script ended with exit code (?P<number>\d+)"
KILLED = r"the script was killed by signal (?P<signal>\d+(?: \(\w+\))?)"
SCHEDULED = r"(?P<entry>Posterizarr .* Mode .*?): "
# Sentences of the dispatcher, the schedule, the launcher and of outcome.py; `reason` is what others said.
PATTERNS = {
    "nothing_drawn": r"the script made no image; its log says why",
    "unsent": r"the message about the run was not sent: (?P<reason>.*)",
    "no_report": r"the script ended without a report",
    "no_report_said": r"the script ended without a report: (?P<reason>.*)",
    "exit_code": EXIT,
    "exit_code_said": EXIT + r": (?P<reason>.*)",
    "killed": KILLED,
    "killed_said": KILLED + r": (?P<reason>.*)",
    "one_error": r"1 error",
    "one_error_said": r"1 error: (?P<reason>.*)",
    "errors": r"(?P<count>\d+) errors",
    "errors_said": r"(?P<count>\d+) errors, the last: (?P<reason>.*)",
    "stopped": r"was stopped by request",
    "stopped_before": r"was stopped by request before it began",
    "timed_out": r"stopped after (?P<seconds>\d+) s \(RUN_TIMEOUT\)",
    "cancelled": r"cancelled before it began",
    "another_instance": r"another Posterizarr instance is running",
    "server_away": r"the server was away when the script ended, and it left no report",
    "not_begun": r"the server ended before it was launched",
    "launch_unknown": r"the launch could not be recorded",
    "launch_unrecorded": r"the launch cannot be recorded: (?P<reason>.*)",
    "launch_given_up": r"this attempt was given up before it began",
    "not_launched": r"it cannot be launched: (?P<reason>.*)",
    "missed": SCHEDULED + r"it was due at (?P<time>.*), and the server could not start it then",
    "still_active": SCHEDULED + r"run (?P<number>\d+) \(\w+\) is still active",
    "already_waits": SCHEDULED + r"run (?P<number>\d+) \(\w+\) already waits",
    "foreign_script": SCHEDULED + r"a poster script that this server did not start is at work",
    "queue_full": SCHEDULED + r"(?P<count>\d+) runs are queued already, which is the most",
    "unstarted": r"(?P<program>\S+) cannot be started: (?P<reason>.*)",
}
COMPILED = compiled_patterns(PATTERNS)


def run_reason(sentence: str) -> CodedSentence:
    """The reason that the sentence of a row gives."""
    return coded_sentence(COMPILED, sentence)
