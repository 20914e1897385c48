"""What the script exported of the media server in each of its runs."""
