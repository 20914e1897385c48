"""The support zip: what a person who helps needs to see, without any secret."""
