"""What a change of settings and rules costs, asked once."""

from typing import Any

from app.poster.inquiries.inquiry import Inquiry
from app.poster.item_rules.rules_file import BadRules
from app.poster.pricing.pricer import Pricer, read_question


def price_change(inquiry: Inquiry) -> dict[str, Any]:
    """The price as `Pricer` gives it, or {"problem": a sentence} where rules.json cannot be used."""
    folders = inquiry.folders
    try:
        question = read_question(inquiry.given, inquiry.settings, folders, inquiry.environment)
    except BadRules as error:
        return {"problem": str(error)}
    return Pricer(folders).price(question)
