"""The index of APIs, and links from code to it."""
