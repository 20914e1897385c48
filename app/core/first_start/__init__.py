"""The first start: what a person enters before anything is saved."""
