"""Titles that a person corrects on one picture, and the pictures with the same fault."""
