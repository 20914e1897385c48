"""How many pictures a change of settings or rules would draw again, known without asking anybody."""
