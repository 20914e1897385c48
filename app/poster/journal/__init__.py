"""What was done is written down before and after; replaced bytes are kept."""
