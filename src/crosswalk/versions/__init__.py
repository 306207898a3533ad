"""On which versions of the frameworks what is said here was seen."""
