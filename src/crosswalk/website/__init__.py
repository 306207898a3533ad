"""Everything around the pages: root, server, catalogue."""
