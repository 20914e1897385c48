"""The trigger files of watcher/, and the inbox around them."""
