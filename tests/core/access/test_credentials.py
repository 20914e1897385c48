import hashlib
import hmac
import json

import bcrypt
import pytest
from argon2 import PasswordHasher

from app.core.access import credentials
from app.core.access.credentials import Login
from app.core.config_file import ConfigFile


@pytest.fixture
def make_config(tmp_path):
    def make(**settings):
        path = tmp_path / "config.json"
        path.write_text(json.dumps({"WebUI": settings}))
        return ConfigFile(path)

    return make


def bcrypt_hash(password, mark=b"2b"):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4, prefix=mark)).decode()


STORED = {
    "plain": "correct hörse",
    "argon2": credentials.hash_password("correct hörse"),
    "argon2 of other make": PasswordHasher(time_cost=1, memory_cost=64, parallelism=2).hash("correct hörse"),
    "bcrypt 2b": bcrypt_hash("correct hörse"),
    "bcrypt 2a": bcrypt_hash("correct hörse", b"2a"),
    "bcrypt 2y": bcrypt_hash("correct hörse").replace("$2b$", "$2y$"),
}


@pytest.mark.parametrize("stored", STORED.values(), ids=STORED.keys())
def test_a_password_is_honoured_in_every_form_it_is_found_in(stored):
    assert credentials.password_matches(stored, "correct hörse")
    assert not credentials.password_matches(stored, "correct hörsE")
    assert not credentials.password_matches(stored, stored + "x")
    assert not credentials.password_matches(stored, "")


@pytest.mark.parametrize("name", [name for name in STORED if name != "plain"])
def test_who_reads_the_hash_cannot_log_in_with_it(name):
    stored = STORED[name]
    assert not credentials.password_matches(stored, stored)


def test_an_empty_password_opens_nothing():
    assert not credentials.password_matches("", "")


@pytest.mark.parametrize("stored", ["$argon2id$garbage", "$2b$garbage", "$2b$12$" + "x" * 53, "$argon2"])
def test_a_damaged_hash_opens_nothing_and_breaks_nothing(stored):
    assert not credentials.password_matches(stored, "anything")


@pytest.mark.parametrize("given", ["x" * 100_000, "nul\0byte", "\ud800", "x" * 73])
def test_a_strange_password_breaks_nothing(given):
    for stored in STORED.values():
        assert not credentials.password_matches(stored, given)


def test_bcrypt_looks_at_72_bytes_as_it_always_did():
    stored = bcrypt_hash("x" * 72)
    assert credentials.password_matches(stored, "x" * 80)


def test_a_wrong_user_name_is_refused_after_the_same_work(monkeypatch):
    checked = []
    original = credentials.password_matches
    monkeypatch.setattr(
        credentials, "password_matches", lambda *words: checked.append(words) or original(*words)
    )
    login = Login("admin", STORED["argon2"])
    assert not credentials.login_matches(login, "root", "correct hörse")
    assert credentials.login_matches(login, "admin", "correct hörse")
    assert len(checked) == 2


def test_texts_are_compared_in_constant_time(monkeypatch):
    compared = []
    original = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda *words: compared.append(words) or original(*words))
    assert credentials.same_text("schlüssel", "schlüssel")
    assert not credentials.same_text("schlüssel", "schlussel")
    assert len(compared) == 2


def test_a_new_hash_is_argon2id_with_little_memory():
    hashed = credentials.hash_password("pw")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashed != credentials.hash_password("pw")
    assert hashlib.sha256(b"pw").hexdigest() not in hashed


def test_the_login_is_that_of_the_config_file(make_config):
    config = make_config(basicAuthUsername="kim", basicAuthPassword="secret")
    assert credentials.expected_login(config, "") == Login("kim", "secret")


def test_the_password_of_the_settings_wins(make_config):
    config = make_config(basicAuthUsername="kim", basicAuthPassword="secret")
    assert credentials.expected_login(config, "stronger") == Login("kim", "stronger")


def test_without_a_readable_file_only_the_settings_let_in(tmp_path):
    config = ConfigFile(tmp_path / "missing.json")
    assert credentials.expected_login(config, "stronger") == Login("admin", "stronger")
    assert credentials.expected_login(config, "") == Login("admin", "")


@pytest.mark.parametrize("value", [None, 1234, True, ["x"], {"a": "b"}])
def test_a_password_that_is_no_text_opens_nothing(make_config, value):
    config = make_config(basicAuthUsername=value, basicAuthPassword=value)
    assert credentials.expected_login(config, "") == Login("admin", "")


def test_a_password_does_not_show_in_a_description():
    assert "secret" not in repr(Login("kim", "secret"))


@pytest.mark.parametrize("value", [False, "false", "False", " no ", "0", 0, "off"])
def test_a_clear_no_opens_the_door(make_config, value):
    assert not credentials.login_required(make_config(basicAuthEnabled=value))


@pytest.mark.parametrize("value", [True, "true", "yes", 1, "", None, "disabled?", [], {}, 2])
def test_anything_but_a_clear_no_keeps_the_door_shut(make_config, value):
    assert credentials.login_required(make_config(basicAuthEnabled=value))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"WebUI": []}', "{}", '{"WebUI": {}}'])
def test_a_file_without_an_answer_keeps_the_door_shut(tmp_path, content):
    path = tmp_path / "config.json"
    path.write_text(content)
    assert credentials.login_required(ConfigFile(path))


def test_problems_of_the_login_are_told_with_advice(tmp_path, make_config):
    def messages(config, admin_password=""):
        return [problem["message"] for problem in credentials.login_problems(config, admin_password)]

    assert "does not exist" in messages(ConfigFile(tmp_path / "missing.json"))[0]
    assert "No password" in messages(make_config(basicAuthEnabled=True, basicAuthPassword=""))[0]
    assert "published default" in messages(make_config(basicAuthPassword="posterizarr"))[0]
    assert messages(make_config(basicAuthPassword="posterizarr"), "stronger") == []
    assert messages(make_config(basicAuthEnabled=False)) == []
    assert messages(make_config(basicAuthPassword="a good one")) == []


def test_a_problem_of_the_config_file_is_told_in_a_sentence(tmp_path, make_config):
    assert credentials.config_problem(make_config()) is None
    (tmp_path / "config.json").write_text("{")
    assert "not valid JSON" in credentials.config_problem(ConfigFile(tmp_path / "config.json"))
