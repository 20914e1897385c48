"""Languages as the providers write them."""

import pytest

from app.poster.providers.language_codes import language_of, tvdb_language


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, ("", "")),
        ("", ("", "")),
        ("xx", ("", "")),
        ("00", ("", "")),
        ("und", ("", "")),
        ("not a language", ("", "")),
        ("en", ("en", "")),
        ("EN", ("en", "")),
        ("en-US", ("en", "US")),
        ("fr_CA", ("fr", "CA")),
        ("zh-Hant-TW", ("zh", "TW")),
        ("es-419", ("es", "")),
        ("iw", ("he", "")),
    ],
)
def test_a_code_is_language_and_region(code, expected):
    assert language_of(code) == expected


# Both codes of ISO 639-2 where there are two; many do not begin with the two letters of ISO 639-1.
PAIRS = (
    "eng=en deu=de ger=de fra=fr fre=fr ita=it spa=es swe=sv pol=pl ces=cs cze=cs "
    "slk=sk slo=sk bul=bg tur=tr jpn=ja ind=id est=et lav=lv lit=lt ben=bn gle=ga "
    "nld=nl dut=nl ell=el gre=el fas=fa per=fa ron=ro rum=ro isl=is ice=is cym=cy "
    "wel=cy eus=eu baq=eu hye=hy arm=hy kat=ka geo=ka mya=my bur=my mkd=mk mac=mk "
    "msa=ms may=ms sqi=sq alb=sq bod=bo tib=bo chi=zh hrv=hr srp=sr ukr=uk vie=vi "
    "kor=ko nob=nb nno=nn heb=he fil=fil "
)


def test_three_letters_become_two_where_there_are_two():
    pairs = dict(pair.split("=") for pair in PAIRS.split())
    assert {code: tvdb_language(code) for code in pairs} == {
        code: (expected, "") for code, expected in pairs.items()
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("pt", ("pt", "BR")),
        ("por", ("pt", "PT")),
        ("zho", ("zh", "CN")),
        ("zhtw", ("zh", "TW")),
        ("yue", ("zh", "HK")),
    ],
)
def test_codes_of_tvdb_alone_are_languages_with_a_region(code, expected):
    assert tvdb_language(code) == expected
