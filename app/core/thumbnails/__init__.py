"""Small copies of pictures, made when they are first asked for and kept on disk."""
