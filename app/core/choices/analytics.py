"""How many pictures each provider gave, day by day."""

from collections import Counter
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.core.choices.rules import PATTERNS, holds_any, is_absent
from app.core.choices.table import TABLE

# As clients name them, with what their addresses hold.
PROVIDERS = {"TMDB": PATTERNS["tmdb"], "TVDB": PATTERNS["tvdb"], "Fanart": ("fanart",)}
OTHER = "Other"


def provider_days(
    session: Session, zone: tzinfo | None, days: int, moment: datetime
) -> list[dict[str, object]]:
    """[{"date", "TMDB", "TVDB", "Fanart", "Other"}] of so many local days, the last of which is the moment's.

    A choice counts on the day on which it was added; one without a picture counts for no provider.
    """
    last = moment.astimezone(zone).date()
    shown = [last - timedelta(days=before) for before in reversed(range(days))]
    counts = daily_counts(session, zone, shown[0])
    names = (*PROVIDERS, OTHER)
    return [{"date": day.isoformat()} | {name: counts[day, name] for name in names} for day in shown]


def daily_counts(session: Session, zone: tzinfo | None, first: date) -> Counter[tuple[date, str]]:
    name = provider_name().label("provider")
    since = datetime.combine(first, time(), zone).astimezone(zone)
    rows = session.execute(
        select(TABLE.c.created_at, name, func.count())
        .where(TABLE.c.created_at >= since, ~is_absent(TABLE.c.download_source))
        .group_by(TABLE.c.created_at, name)
    )
    counts: Counter[tuple[date, str]] = Counter()
    for created_at, provider, amount in rows:
        counts[created_at.astimezone(zone).date(), provider] += amount
    return counts


def provider_name() -> ColumnElement[str]:
    source = TABLE.c.download_source
    return case(*((holds_any(source, parts), name) for name, parts in PROVIDERS.items()), else_=OTHER)
