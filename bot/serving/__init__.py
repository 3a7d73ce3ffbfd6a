"""What serves a model and is no part of one: a change here trains nothing anew (api/launch/model.py hashes addons/)."""
