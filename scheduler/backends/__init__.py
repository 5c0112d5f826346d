"""Where searches run: processes of this machine, or a cluster. Nothing here knows a roster."""
