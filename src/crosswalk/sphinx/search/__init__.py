"""The search: words of both languages, and what a page can be found by."""
