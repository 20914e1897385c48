"""Galleries of the asset tree by kind of image."""

from collections.abc import Callable

from flask import Response
from sqlalchemy.orm import Session

from app.api.api_blueprint import ApiBlueprint
from app.api.asset_answers import kept_answer, root_id, streamed
from app.api.schemas import assets as schemas
from app.core.assets import pictures
from app.core.assets.arrangement import Arrangement
from app.core.assets.browse import safe_relative_path
from app.core.assets.naming import PLURALS
from app.core.catalogue.listing import catalogued_images, entry_count
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import is_being_made
from app.core.errors import Invalid
from app.http.security import requires
from app.services.system_readers import system_readers

blueprint = ApiBlueprint("asset galleries", __name__, description="Galleries of the asset tree.")


def gallery(address: str) -> Callable:
    """Register a view that lists images a page at a time."""

    def register(view: Callable) -> Callable:
        answering = blueprint.response(200, schemas.ImagePageSchema)(requires("read")(view))
        return blueprint.get(address)(blueprint.arguments(schemas.GalleryQuery, location="query")(answering))

    return register


@gallery("/gallery")
def posters(arrangement: Arrangement) -> Response:
    """List posters, by path if nothing else is asked for."""
    return gallery_page("posters", arrangement)


@gallery("/backgrounds-gallery")
def backgrounds(arrangement: Arrangement) -> Response:
    """List backgrounds, by path if nothing else is asked for."""
    return gallery_page("backgrounds", arrangement)


@gallery("/seasons-gallery")
def seasons(arrangement: Arrangement) -> Response:
    """List season posters, by path if nothing else is asked for."""
    return gallery_page("seasons", arrangement)


@gallery("/titlecards-gallery")
def title_cards(arrangement: Arrangement) -> Response:
    """List title cards, by path if nothing else is asked for."""
    return gallery_page("titlecards", arrangement)


def gallery_page(plural: str, arrangement: Arrangement) -> Response:
    build = indexed_page if arrangement.is_by_path else catalogued_page

    def content(session: Session, root: int | None) -> dict:
        return build(session, root, plural, arrangement)

    return kept_answer(plural, "assets", content, page=arrangement, also=system_readers().latest_export())


def indexed_page(session: Session, root: int | None, plural: str, part: Arrangement) -> dict:
    """Pictures by path, from the index itself, which knows a picture first."""
    found = list(pictures.image_entries(session, pictures.images_page(root, plural, part.limit, part.offset)))
    return {"images": found, "total": pictures.image_count(session, root, plural)}


def catalogued_page(session: Session, root: int | None, plural: str, part: Arrangement) -> dict:
    """Pictures that are searched or in another order."""
    selection = Selection(root, tuple(part.words), (("kind", PLURALS[plural]), ("missing", False)))
    found = list(catalogued_images(session, selection, part))
    total = entry_count(session, selection)
    return {"images": found, "total": total, "scanning": is_being_made(session)}


@blueprint.get("/assets-folder-images/<plural>/<path:folder>")
@blueprint.response(200, schemas.ImagesSchema)
@requires("read")
def folder_images(plural: str, folder: str) -> Response:
    """List all images of one kind below a folder, by path."""
    if plural not in PLURALS:
        raise Invalid(f"There are {', '.join(PLURALS)} and no {plural!r}.")
    wanted = pictures.only_below(pictures.images_of(root_id(), plural), safe_relative_path(folder))
    return streamed("images", lambda session: pictures.image_entries(session, wanted))
