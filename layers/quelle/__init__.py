"""Sources of every kind: each reader gives the same rows of texts, and findings about the file."""
