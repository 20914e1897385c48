"""The exports of the media server that the script writes in each run."""
