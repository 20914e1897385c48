"""Designs as folders: the ones of the package beside these modules, those of the user in the data folder."""
