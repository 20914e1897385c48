"""The search for pictures as a program: it reads a query, and prints one JSON document.

It imports no more than it needs, because a person waits for it.
"""

import os
import sys
from pathlib import Path
from time import monotonic
from typing import NoReturn

import msgspec

from app.poster.choosing.language_lists import LanguageLists
from app.poster.offering.asking import Everyone, Offers
from app.poster.offering.document import offers_document
from app.poster.offering.query import OfferQuery
from app.poster.providers.table import given_keys, open_providers, open_shared
from app.poster.providers.title_search import TitleSearch
from app.poster.records.environment import BadEnvironment, read_environment
from app.poster.script.exits import ExitCode
from app.poster.settings import Settings, read_settings
from app.poster.web.endpoint import Limits
from app.poster.web.link_local import refuse_link_local

# Seconds for everything; the server waits a little longer.
LONGEST = 8.0
WHILE_A_PERSON_WAITS = Limits(connect=4, read=6, whole=7, tries=2)


def main() -> int:
    """Print what the providers offer for the query, a JSON object that is the one argument."""
    began = monotonic()
    refuse_link_local()
    try:
        query = msgspec.json.decode(sys.argv[1], type=OfferQuery)
        data = Path(os.environ.get("APP_DATA") or Path.cwd()).absolute()
        settings = read_settings(data / "config.json")
        if settings.trouble:
            return refuse_query(ExitCode.BAD_CONFIGURATION, settings.trouble)
        found = offers(query, settings, data, began + LONGEST)
    except (IndexError, UnicodeError, msgspec.MsgspecError) as error:
        return refuse_query(ExitCode.BAD_ARGUMENTS, f"the query cannot be used: {error}")
    except BadEnvironment as error:
        return refuse_query(ExitCode.BAD_CONFIGURATION, str(error))
    tags = LanguageLists(settings).tags(query.asset_kind, query.library)
    sys.stdout.write(offers_document(found, tags))
    return ExitCode.DONE


def offers(query: OfferQuery, settings: Settings, data: Path, deadline: float) -> Offers:
    if not given_keys(settings):
        return Offers()
    environment = read_environment(dict(os.environ), data)
    opening = open_shared(settings, environment, data / "engine" / "cache", None, WHILE_A_PERSON_WAITS)
    search = TitleSearch(opening.tmdb, opening.tvdb)
    known = open_providers(opening)
    asked = {
        name: one
        for name, one in known.items()
        if not query.providers or name.name.lower() in query.providers
    }
    return Everyone(asked, search, deadline).offers(query)


def refuse_query(code: ExitCode, reason: str) -> ExitCode:
    sys.stderr.write(f"posterizarr: {reason}\n")
    return code


def end_at_once(code: int) -> NoReturn:
    """End the process at once, with the threads that still wait for a provider."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    end_at_once(main())
