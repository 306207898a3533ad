"""Results of other versions of MindSpore."""
