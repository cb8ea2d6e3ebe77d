"""One module per surface; handlers parse nothing and decide nothing, they only answer."""
