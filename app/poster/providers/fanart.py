"""Pictures of Fanart.tv."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec
from msgspec import Raw, Struct

from app.poster.kinds import Kind
from app.poster.providers.ids import IdDirectory
from app.poster.providers.language_codes import language_of
from app.poster.providers.online import (
    ImageSource,
    OnlineProvider,
    answer_of,
    first_alive,
    readable,
    unless_missing,
)
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer, ProviderName, Question
from app.poster.records.ids import Authority, Medium, ProviderId, id_values
from app.poster.records.wanted import WantedAsset
from app.poster.web.cache import AnswerCache
from app.poster.web.session import NONE, UNCACHED, WebSession
from app.poster.web.trouble import WebTrouble

PAGE = "https://fanart.tv"
FILM_LISTS = {
    Kind.POSTER: ("movieposter",),
    Kind.BACKGROUND: ("moviebackground",),
    Kind.LOGO: ("hdmovielogo", "movielogo"),
    Kind.CLEAR_ART: ("hdmovieclearart", "movieart"),
}
SHOW_LISTS = {
    Kind.POSTER: ("tvposter",),
    Kind.BACKGROUND: ("showbackground",),
    Kind.SEASON: ("seasonposter",),
    Kind.LOGO: ("hdtvlogo", "clearlogo"),
    Kind.CLEAR_ART: ("hdclearart", "clearart"),
}
TEXTLESS = frozenset(("", "00"))
EVERY_SEASON = "all"
# A film that Fanart.tv has since its first days.
KNOWN_FILM = "10195"


class FanartImage(Struct):
    url: str
    lang: str | None = None
    likes: int | None = 0
    season: str | int | None = None


class Fanart(OnlineProvider):
    """Posters, backgrounds, season posters, logos and clear art, the most liked first.

    `sessions` give the key in a header, and, for a service that takes it only there, in the query.
    """

    name = ProviderName.FANART
    setting = "FanartTvAPIKey"

    def __init__(
        self, sessions: Sequence[WebSession], images: ImageSource, cache: AnswerCache, directory: IdDirectory
    ):
        super().__init__(sessions[0], images, cache)
        self._sessions = tuple(sessions)
        self._directory = directory

    def probe(self) -> None:
        unless_missing(lambda: self._lists(f"movies/{KNOWN_FILM}", UNCACHED), None)

    def answer(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        is_film = wanted.item.medium is Medium.FILM
        names = (FILM_LISTS if is_film else SHOW_LISTS).get(question.kind)
        if not names or wanted.item.medium not in (Medium.FILM, Medium.SHOW):
            return ProviderAnswer(question)
        path = "movies" if is_film else "tv"
        entry = first_alive(self._ids(wanted), lambda value: self._lists(f"{path}/{value}"))
        images = chain.from_iterable(readable(listed(entry.data, name), FanartImage) for name in names)
        if question.kind is Kind.SEASON:
            images = of_season(images, str(wanted.season.number) if wanted.season else "")
        page = f"{PAGE}/{'movie' if is_film else 'series'}/{entry.key.value}" if entry.key else ""
        answer = answer_of(
            question, entry, wanted, candidates=tuple(self._candidates(question.kind, images)), page=page
        )
        # An id without art and an id that does not exist are answered alike.
        return ProviderAnswer(question, answer.candidates, page=page, ids=answer.ids)

    def close(self) -> None:
        super().close()
        for session in self._sessions:
            session.close()

    def _ids(self, wanted: WantedAsset) -> Iterator[ProviderId]:
        item = wanted.item
        if item.medium is Medium.SHOW:
            return self._directory.all_ids(item, Authority.TVDB)
        imdb = [
            ProviderId(Authority.IMDB, Medium.FILM, value)
            for value in id_values(item.ids, Authority.IMDB, Medium.FILM)
        ]
        return chain(self._directory.all_ids(item, Authority.TMDB), imdb)

    def _lists(self, path: str, headers: Mapping[str, str] = NONE) -> dict[str, Raw]:
        session = self._session
        try:
            return session.record(f"/v3/{path}", dict[str, Raw], headers=headers)
        except WebTrouble as trouble:
            if trouble.status != 401 or session is self._sessions[-1]:
                raise
        answer = self._sessions[-1].record(f"/v3/{path}", dict[str, Raw], headers=headers)
        self._session = self._sessions[-1]
        return answer

    def _candidates(self, kind: Kind, images: Iterator[FanartImage]) -> Iterator[Candidate]:
        for rank, image in enumerate(sorted(images, key=lambda one: -(one.likes or 0))):
            address = self._images.canonical(image.url)
            language, region = language_of(image.lang)
            if address:
                yield Candidate(
                    ProviderName.FANART,
                    kind,
                    address,
                    lettered=Lettered.TEXTLESS if (image.lang or "") in TEXTLESS else Lettered.WITH_TEXT,
                    language=language,
                    region=region,
                    likes=image.likes or 0,
                    rank=rank,
                )


def listed(lists: dict[str, Raw] | None, name: str) -> list[Raw]:
    """The entries of one list; none where it is missing or no list."""
    try:
        return msgspec.json.decode((lists or {}).get(name, b"[]"), type=list[Raw])
    except msgspec.MsgspecError:
        return []


def of_season(images: Iterable[FanartImage], number: str) -> Iterator[FanartImage]:
    """Those of the season; one for all seasons only where the season has none of that language."""
    known = list(images)
    own = [image for image in known if str(image.season) == number]
    languages = {image.lang or "00" for image in own}
    every = [image for image in known if image.season == EVERY_SEASON]
    return chain(own, (image for image in every if (image.lang or "00") not in languages))
