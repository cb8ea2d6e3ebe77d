"""The service: a published build in memory, one query engine, one module per surface."""
