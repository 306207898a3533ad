"""Mutation tests: change comparisons on purpose, to see if checks catch it."""
