"""Vector tiles of the layers: out of files that the build wrote, or out of the database."""
