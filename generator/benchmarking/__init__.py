"""How quick the networks and the whole road are on the machine at hand."""
