"""Official sources over HTTP: fetch, clean into a gap-free coverage, replace the old file."""
