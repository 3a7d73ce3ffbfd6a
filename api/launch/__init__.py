"""Starting Bumpline on one machine: ports, the model, the processes. Used by `make run` and by the tests."""
