"""Record the results on each version of the frameworks, and compare versions."""
