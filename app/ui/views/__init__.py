"""The pages behind the navigation, one module each."""

from flask import Blueprint

from app.ui.views import (
    attention,
    candidates,
    correct,
    days,
    designs,
    duel,
    home,
    keys,
    library,
    logs,
    make,
    odd,
    passport,
    picture,
    preflight,
    rules,
    run,
    runs,
    schedule,
    settings,
    sign_in,
    sofa,
    split,
    start,
    system,
    triggers,
)


def register(blueprint: Blueprint) -> None:
    """Add every page to the blueprint of the pages."""
    attention.register(blueprint)
    candidates.register(blueprint)
    days.register(blueprint)
    correct.register(blueprint)
    designs.register(blueprint)
    duel.register(blueprint)
    home.register(blueprint)
    keys.register(blueprint)
    library.register(blueprint)
    odd.register(blueprint)
    logs.register(blueprint)
    make.register(blueprint)
    passport.register(blueprint)
    picture.register(blueprint)
    preflight.register(blueprint)
    rules.register(blueprint)
    run.register(blueprint)
    runs.register(blueprint)
    schedule.register(blueprint)
    settings.register(blueprint)
    sign_in.register(blueprint)
    sofa.register(blueprint)
    split.register(blueprint)
    start.register(blueprint)
    system.register(blueprint)
    triggers.register(blueprint)
