"""What lies under the projects on the map: our own areas, and what an operator configures."""
