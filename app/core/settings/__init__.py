"""config.json as clients see and edit it: a flat map of settings, with names, groups and explanations."""
