"""What stands around the pages: root, server, catalogue."""
