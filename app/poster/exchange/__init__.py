"""Pictures that already exist are moved between media servers, a backup folder and the journal's store."""
