"""Programs that use a file system and check every result. Each is started as `python3 -m chaos.loads KIND …`."""
