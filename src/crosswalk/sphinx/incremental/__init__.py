"""Which pages a build reads and writes again."""
