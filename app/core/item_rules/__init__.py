"""The rules of rules.json: settings by library, label, show or title."""
