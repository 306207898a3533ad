"""Output in addition to the pages: Markdown, JSON, addresses."""
