"""What a run sends to people and monitors about itself."""
