"""The frozen copy: the whole map as static files, readable without a server (build half only)."""
