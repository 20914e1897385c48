"""Pictures that we made and that no listed library wants any more are found and deleted."""
