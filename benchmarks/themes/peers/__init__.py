"""Each of these modules is a process that finds themes: `python -m benchmarks.themes.peers.NAME FOLDER`."""
