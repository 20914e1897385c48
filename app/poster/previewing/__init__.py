"""Previews: one picture after another, drawn by a process that keeps everything loaded."""
