"""Runs are taken back, and earlier versions restored, file by file."""
