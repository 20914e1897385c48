"""Previews: what the poster engine draws for a page, without writing anything."""
