"""Incremental builds: select the pages that a build reads and writes again."""
