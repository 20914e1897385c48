"""A catalogue of all artwork, to be searched, filtered, sorted and counted."""
