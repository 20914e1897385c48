"""The sign-in: who gets in, what the others are told, and where it leads."""

import pytest

from app.core.access import lockout
from app.services import keys
from tests.conftest import KEY
from tests.http.test_security import PASSWORD, write_config

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
LOGIN = {"way": "password", "user": "jörg", "password": PASSWORD}
ADDRESS = "/server/sign-in"


@pytest.fixture
def login(machine):
    write_config(machine, basicAuthEnabled=True, basicAuthUsername="jörg", basicAuthPassword=PASSWORD)


def sign_in(browser, wanted=LOGIN, address=ADDRESS, **options):
    return browser.post(address, data=wanted, headers=OWN_PAGE, **options)


def test_a_stranger_gets_the_form_and_no_way_to_other_pages(anonymous, login):
    page = anonymous.get(f"{ADDRESS}?next=server/library")
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert 'name="password"' in page.text and 'id="sign-in-form"' in page.text
    assert "<nav" not in page.text and "sign-out" not in page.text
    assert 'lang="de"' in anonymous.get(ADDRESS, headers={"Accept-Language": "de"}).text


@pytest.mark.parametrize("wanted", [LOGIN, {"way": "key", "key": f" {KEY}\n"}], ids=["password", "key"])
def test_who_signs_in_reads_pages_until_the_sign_out(anonymous, login, wanted):
    answer = sign_in(anonymous, wanted, f"{ADDRESS}?next=server/library%3Fkind%3Dposter%26search%3D%2526")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/server/library?kind=poster&search=%26"
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "Max-Age" not in answer.headers["Set-Cookie"]
    page = anonymous.get("/server/library?kind=poster")
    assert page.status_code == 200 and 'id="sign-out"' in page.text
    assert anonymous.get(f"{ADDRESS}?next=server/runs").headers["Location"] == "/server/runs"
    left = anonymous.post("/server/sign-out?next=server/library", headers=OWN_PAGE)
    assert left.headers["Location"] == f"{ADDRESS}?next=server/library"
    assert anonymous.get("/server/library").status_code == 303


def test_who_stays_signed_in_has_a_cookie_of_30_days_that_belongs_to_the_base_path(anonymous, login):
    base = {"base_url": "https://nas.example/posters"}
    answer = sign_in(anonymous, LOGIN | {"stay": "on"}, f"{ADDRESS}?next=server/runs", **base)
    assert answer.headers["Location"] == "/posters/server/runs"
    cookie = answer.headers["Set-Cookie"]
    assert "Max-Age=2592000" in cookie and "Path=/posters/" in cookie and "Secure" in cookie


@pytest.mark.parametrize(
    ("wanted", "status", "said"),
    [
        ({"password": "wrong"}, 401, "User name or password is wrong"),
        ({"user": "kim"}, 401, "User name or password is wrong"),
        ({"password": ""}, 400, "The password is missing"),
        ({"password": "x" * 2000}, 400, "The password is missing"),
        ({"way": "key", "key": "mistyped"}, 401, "This key is not valid"),
        ({"way": "key"}, 400, "The key is missing"),
        ({"way": "<b>", "user": "\0\0session"}, 401, "User name or password is wrong"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_secret_comes_back(anonymous, login, wanted, status, said):
    page = sign_in(anonymous, LOGIN | wanted)
    assert page.status_code == status
    assert said in page.text and 'aria-describedby="problem"' in page.text
    assert PASSWORD not in page.text and "mistyped</" not in page.text
    assert "Set-Cookie" not in page.headers
    assert anonymous.get("/server/library").status_code == 303


def test_a_key_that_may_not_read_is_refused_with_what_it_lacks(anonymous, machine, login):
    _, plain = keys.create_key(machine, "Sonarr", ["webhook"])
    page = sign_in(anonymous, {"way": "key", "key": plain})
    assert page.status_code == 403 and "lacks the scope" in page.text


def test_after_too_many_attempts_the_time_to_wait_is_said(anonymous, login):
    for _ in range(lockout.ATTEMPTS):
        sign_in(anonymous, LOGIN | {"password": "wrong"})
    page = sign_in(anonymous)
    assert page.status_code == 429 and "Wait 5 min" in page.text
    assert 290 <= int(page.headers["Retry-After"]) <= 300


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/",
        "https://evil.example/",
        "\\evil.example",
        "/\t/evil.example",
        "%5Cevil.example",
        "server/none",
        "api/status",
        "server/sign-out",
        "../../",
        "\0",
        "%00",
        "é",
    ],
)
def test_the_way_back_leads_to_own_pages_alone(client, anonymous, login, wanted):
    answer = sign_in(anonymous, LOGIN, ADDRESS, query_string={"next": wanted})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "query", ["search=a%26b&kind=poster", "search=%E6%9D%B1", "search=a+b%3F%23", "search=%0d%0aX:1"]
)
def test_a_page_that_was_wanted_comes_back_with_its_query(anonymous, login, query):
    sent = anonymous.get(f"/server/library?{query}")
    assert sent.status_code == 303
    assert (
        sign_in(anonymous, LOGIN, sent.headers["Location"]).headers["Location"] == f"/server/library?{query}"
    )


def test_a_key_that_is_not_valid_is_left_out_of_the_way_back(anonymous, login):
    sent = anonymous.get("/server/library?api_key=wrong&kind=poster")
    assert sent.headers["Location"] == f"{ADDRESS}?next=server/library?kind%3Dposter"


def test_a_page_of_another_site_signs_nobody_in(anonymous, login):
    answer = anonymous.post(ADDRESS, data=LOGIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and "Set-Cookie" not in answer.headers


def test_with_the_login_off_the_form_says_so_and_a_page_for_admins_leads_to_it(anonymous, machine):
    write_config(machine, basicAuthEnabled=False)
    assert 'href="/server/sign-in?next=server/library"' in anonymous.get("/server/library").text
    sent = anonymous.get("/server/keys")
    page = anonymous.get(sent.headers["Location"])
    assert page.status_code == 200 and 'name="password"' in page.text and "The login is off" in page.text
    assert sign_in(anonymous, {"way": "key", "key": KEY}, sent.headers["Location"]).location == "/server/keys"
    assert anonymous.get("/server/keys").status_code == 200
