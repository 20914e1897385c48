"""Jellyfin and Emby are asked for an item, over real HTTP."""

import pytest

from app.core.servers.asking import Unanswered
from app.core.servers.jellyfin import Jellyfin
from app.core.servers.wanted import Wanted
from tests.doubles import jellyfin as fake
from tests.doubles import loopback
from tests.doubles.loopback import serving
from tests.triggers import make_episodes, make_film

ALIEN = Wanted.of(make_film())
DARK = Wanted.of(make_episodes(1, 2))


@pytest.fixture(params=["", "/emby"])
def server(request):
    with serving(fake.FakeJellyfin(request.param)) as server:
        yield server


@pytest.fixture
def jellyfin(server):
    return Jellyfin(server.url, fake.TOKEN)


def test_a_film_is_there_once_its_id_is(server, jellyfin):
    assert not jellyfin.knows(ALIEN)
    server.items.append(fake.make_film())
    assert jellyfin.knows(ALIEN)


@pytest.mark.parametrize(
    ("facts", "is_there"),
    [
        ({"ProviderIds": {"Tmdb": "9"}}, False),
        ({"ProviderIds": {}, "ProductionYear": 1990}, False),
        ({"ProviderIds": {}, "ProductionYear": None}, True),
        ({"ProviderIds": None}, True),
        ({"ProviderIds": {}, "Name": "Alien 3"}, False),
        ({"Type": "Series"}, False),
    ],
)
def test_another_film_is_not_taken_for_it(server, jellyfin, facts, is_there):
    server.items.append(fake.make_film(**facts))
    assert jellyfin.knows(ALIEN) is is_there


def test_a_season_is_there_once_all_its_episodes_are(server, jellyfin):
    server.items.append(fake.make_series())
    assert not jellyfin.knows(DARK)
    server.items += [fake.make_episode(1), fake.make_episode(2, season=2)]
    assert not jellyfin.knows(DARK)
    server.items.append(fake.make_episode(2))
    assert jellyfin.knows(DARK)


def test_one_file_may_hold_several_episodes(server, jellyfin):
    server.items += [fake.make_series(), fake.make_episode(1, IndexNumberEnd=2)]
    assert jellyfin.knows(DARK)


def test_an_episode_that_is_known_and_lacks_its_file_is_not_there(server, jellyfin):
    server.items += [fake.make_series(), fake.make_episode(1), fake.make_episode(2, LocationType="Virtual")]
    assert not jellyfin.knows(DARK)
    server.items[-1]["LocationType"] = "FileSystem"
    assert jellyfin.knows(DARK)


@pytest.mark.timeout(10)
def test_a_date_that_was_taken_for_the_last_episode_costs_nothing(server, jellyfin):
    server.items += [fake.make_series(), fake.make_episode(1, IndexNumberEnd=999_999_999)]
    assert jellyfin.knows(DARK)


@pytest.mark.parametrize("odd", ["²", -1, True, "1" * 5000])
def test_what_is_no_number_is_no_episode(server, jellyfin, odd):
    server.items += [fake.make_series(), fake.make_episode(1), fake.make_episode(2, IndexNumber=odd)]
    assert not jellyfin.knows(DARK)


def test_a_series_without_the_country_in_its_name_is_found_by_its_id(server, jellyfin):
    server.items += [fake.make_series(Name="Ghosts"), fake.make_episode(1), fake.make_episode(2)]
    assert jellyfin.knows(Wanted.of(make_episodes(1, 2, series="Ghosts (US)")))
    assert not jellyfin.knows(Wanted.of(make_episodes(1, 2, series="Ghosts (UK)", tvdb=9)))


def test_the_token_travels_in_a_header_alone(server, jellyfin):
    server.items.append(fake.make_series())
    jellyfin.knows(DARK)
    assert len(server.asked) == 2
    assert not any(fake.TOKEN in str(query) for _, query, _ in server.asked)
    assert fake.TOKEN not in repr(jellyfin)


@pytest.mark.parametrize("trouble", ["refusing", "breaking", "redirecting", "flooding", "babbling"])
def test_a_server_in_trouble_does_not_tell(server, jellyfin, trouble):
    server.trouble = getattr(loopback, trouble)
    with pytest.raises(Unanswered) as error:
        jellyfin.knows(ALIEN)
    assert fake.TOKEN not in str(error.value)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"Items": 3}', b'{"Items": [3]}', b"[" * 100_000])
def test_an_answer_of_another_shape_is_none(server, jellyfin, body):
    server.trouble = lambda handler: handler.send(200, body)
    with pytest.raises(Unanswered):
        jellyfin.knows(ALIEN)
