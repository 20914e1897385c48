"""Pictures that callers put in the place of artwork."""
