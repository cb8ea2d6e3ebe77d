"""Who takes part: the organisations of a state, each with its projects and roles."""
