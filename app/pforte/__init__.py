"""The gate of the service: who asks, how much, how often, before anything is computed."""
