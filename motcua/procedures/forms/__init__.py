"""Forms of the catalogue: the shape of input only."""
