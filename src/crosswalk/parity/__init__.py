"""How alike the two frameworks train, measured step by step."""
