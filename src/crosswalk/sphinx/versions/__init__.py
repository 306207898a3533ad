"""What other versions of MindSpore showed."""
