"""Running the service: settings, start, processes, log and metrics."""
