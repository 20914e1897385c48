"""What the built-in script wrote into its journal: why each picture is as it is, and what it was before."""
