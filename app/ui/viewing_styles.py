"""The geometry of the clients as a stylesheet, so that what is drawn and what is judged are one table."""

from collections.abc import Iterator

from app.core.viewing.clients import VIEWS, Mark, View


def viewing_styles() -> str:
    """A rule for each view, with its figures as custom properties."""
    return "".join(rule_of(view) for view in VIEWS)


def rule_of(view: View) -> str:
    properties = "".join(f"  --{name}: {value:g};\n" for name, value in properties_of(view))
    return f'[data-view="{view.name}"] {{\n{properties}}}\n\n'


def properties_of(view: View) -> Iterator[tuple[str, float]]:
    """The names and values, all but `zoom` in units of which `across` make the width of the screen."""
    for name in ("across", "gap", "radius", "zoom", "caption"):
        yield name, getattr(view, name)
    for name, tile in (("tall", view.tall), ("wide", view.wide)):
        yield f"{name}-width", tile.width
        yield f"{name}-height", tile.height
    for mark in view.marks:
        yield from properties_of_mark(mark)


def properties_of_mark(mark: Mark) -> Iterator[tuple[str, float]]:
    yield f"{mark.name}-height", mark.height
    yield f"{mark.name}-inset", mark.inset
    if mark.width is not None:
        yield f"{mark.name}-width", mark.width
