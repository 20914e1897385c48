"""config.json in the API: a flat map of settings to read and edit, with names, groups and explanations."""
