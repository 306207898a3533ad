"""Mutation tests: change comparisons on purpose, and see whether checks catch it."""
