"""What the engine takes from its environment."""

from pathlib import Path

import pytest

from app.poster.records.environment import Addresses, BadEnvironment, Environment, Generate, read_environment

DATA = Path("/data")


def test_nothing_set_means_the_defaults():
    assert read_environment({}, DATA) == Environment()


def test_set_values_are_typed_and_relative_folders_count_from_the_data_folder():
    read = read_environment(
        {
            "MEDIA_PATH": "media",
            "GENERATE_MISSING": " ON ",
            "TMDB_URL": "http://127.0.0.1:9/",
            "POSTERIZARR_RUN": "12-1@/data",
        },
        DATA,
    )
    assert read.run == "12-1"
    assert read.media == DATA / "media"
    assert read.generate is Generate.ON
    assert read.addresses == Addresses(tmdb="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GENERATE_MISSING", "maybe"),
        ("TMDB_URL", "api.example.org"),
        ("FANART_IMAGE_URL", "ftp://x"),
        ("POSTERIZARR_RUN", "../x"),
        ("MEDIA_SERVER_CERTIFICATE", "missing.pem"),
        ("MEDIA_SERVER_CERTIFICATE", "ab:cd"),
    ],
)
def test_an_unusable_value_is_refused_with_the_name_of_the_variable(variable, value):
    with pytest.raises(BadEnvironment, match=variable):
        read_environment({variable: value}, DATA)
