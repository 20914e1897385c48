"""When runs are due: the file, its entries and the clock."""
