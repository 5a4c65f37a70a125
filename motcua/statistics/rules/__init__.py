"""Pure rules of figures: periods, shares, the registry, identities, forms."""
