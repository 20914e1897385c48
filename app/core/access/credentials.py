"""User name and password of config.json, hashed or in plain text."""

import hmac
import re
from dataclasses import dataclass, field
from typing import Any

import bcrypt
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.config_file import ConfigFile
from app.core.errors import ConfigUnreadable
from app.core.problem_texts import ProblemText, problem_words

DEFAULT_USERNAME = "admin"
KNOWN_TO_ALL = "posterizarr"
BCRYPT_MARKS = ("$2a$", "$2b$", "$2y$")
BCRYPT_HASH = re.compile(r"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}")
BCRYPT_BYTES = 72
LONGEST_PASSWORD = 1024
NO_WORDS = ("false", "0", "no", "off")

# 19 MiB and two passes: the least that OWASP names, since several threads may verify at a time.
hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@dataclass(frozen=True)
class Login:
    """The one user name and password; an empty password never matches."""

    username: str
    password: str = field(repr=False)


def hash_password(plain: str) -> str:
    """The argon2 text to keep in place of a password."""
    return hasher.hash(encoded(plain))


def is_hash(text: object) -> bool:
    """Whether it is a whole argon2 or bcrypt hash, and not a password that begins like one."""
    if not isinstance(text, str) or not text.startswith("$argon2"):
        return isinstance(text, str) and BCRYPT_HASH.fullmatch(text) is not None
    try:
        return bool(extract_parameters(text))
    except InvalidHashError:
        return False


def expected_login(config: ConfigFile, admin_password: str) -> Login:
    """The valid login: the setting's password wins over config.json's."""
    try:
        username = text_setting(config, "basicAuthUsername") or DEFAULT_USERNAME
        return Login(username, admin_password or text_setting(config, "basicAuthPassword"))
    except ConfigUnreadable:
        return Login(DEFAULT_USERNAME, admin_password)


def text_setting(config: ConfigFile, name: str) -> str:
    value = config.setting("WebUI", name)
    return value if isinstance(value, str) else ""


def login_matches(login: Login, username: str, password: str) -> bool:
    """Whether both are right; a wrong name takes as long as a wrong password."""
    right_password = password_matches(login.password, password)
    return same_text(login.username, username) and right_password


def password_matches(stored: str, given: str) -> bool:
    """Compare with an argon2 or bcrypt hash, or with a plain text, in constant time."""
    if not stored or not given or len(given) > LONGEST_PASSWORD:
        return False
    if stored.startswith("$argon2"):
        return argon2_matches(stored, given)
    if stored.startswith(BCRYPT_MARKS):
        return bcrypt_matches(stored, given)
    return same_text(stored, given)


def argon2_matches(stored: str, given: str) -> bool:
    try:
        return hasher.verify(stored, encoded(given))
    except (VerificationError, InvalidHashError):
        return False


def bcrypt_matches(stored: str, given: str) -> bool:
    try:
        # bcrypt ignores the rest; its newer versions raise instead of cutting.
        return bcrypt.checkpw(encoded(given)[:BCRYPT_BYTES], stored.encode())
    except ValueError:
        return False


def same_text(one: str, other: str) -> bool:
    """Compare in constant time; what is no valid text is compared by its escapes."""
    return hmac.compare_digest(encoded(one), encoded(other))


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def slow_to_check(login: Login) -> bool:
    return login.password.startswith(("$argon2", *BCRYPT_MARKS))


def login_required(config: ConfigFile) -> bool:
    """Whether reading and running need credentials; False only where a readable file says so."""
    try:
        return not clear_no(config.setting("WebUI", "basicAuthEnabled", True))
    except ConfigUnreadable:
        return True


def clear_no(value: Any) -> bool:
    return value.strip().lower() in NO_WORDS if isinstance(value, str) else value is False or value == 0


def config_problem(config: ConfigFile) -> str | None:
    """Why config.json cannot be read, which requires a login, or None."""
    try:
        config.setting("WebUI", "basicAuthEnabled")
    except ConfigUnreadable as error:
        return str(error)
    return None


def login_problems(config: ConfigFile, admin_password: str) -> list[dict[str, Any]]:
    """Weak points of the login: [{"source", "message", "advice", "text", "values"}]."""
    if reason := config_problem(config):
        message = f"{reason}: only API keys and APP_ADMIN_PASSWORD are accepted."
        return [
            login_problem(message, "Repair config.json.", problem_words(ProblemText.CONFIG, reason=reason))
        ]
    if not login_required(config):
        return []
    return password_problems(expected_login(config, admin_password).password)


def password_problems(password: str) -> list[dict[str, Any]]:
    advice = "Set WebUI.basicAuthPassword in config.json, or APP_ADMIN_PASSWORD."
    if not password:
        message, words = (
            "No password is set, so that no user can log in.",
            problem_words(ProblemText.NO_PASSWORD),
        )
        return [login_problem(message, advice, words)]
    if same_text(password, KNOWN_TO_ALL):
        message, words = "The password is the published default.", problem_words(ProblemText.KNOWN_PASSWORD)
        return [login_problem(message, advice, words)]
    return []


def login_problem(message: str, advice: str, words: dict[str, object]) -> dict[str, Any]:
    return {"source": "login", "message": message, "advice": advice, **words}
