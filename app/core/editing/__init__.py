"""Changes of artwork by hand: what may be changed, the rows of their runs, and what follows from them."""
