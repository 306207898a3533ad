"""Programs about the project, not shipped: mutation tests, benchmarks and setup."""
