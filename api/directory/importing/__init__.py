"""Other people's directories into ours: read, looked at, compared, and only then, when an editor says so, written."""
