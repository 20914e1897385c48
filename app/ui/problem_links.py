"""The page that solves a problem, by its source."""

from app.ui.optional_pages import page_address

# (endpoint, text of the link); the log knows more of everything else.
PAGES = {
    "triggers": ("ui.triggers_page", "triggers"),
    "scheduler": ("ui.schedule_page", "schedule"),
    "uploads": ("ui.attention_page", "attention"),
    "config": ("ui.settings_page", "settings"),
    "login": ("ui.settings_page", "settings"),
    "disk": ("ui.system_page", "system"),
    "releases": ("ui.system_page", "system"),
}
ELSE = ("ui.logs_page", "logs")


def problem_link(source: str) -> tuple[str, str] | None:
    """(address, name of its text) of the page; None where there is no such page."""
    endpoint, text = PAGES.get(source, ELSE)
    address = page_address(endpoint)
    return (address, text) if address else None
