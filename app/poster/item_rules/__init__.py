"""The user's rules: settings by library, label, show or title, from rules.json."""
