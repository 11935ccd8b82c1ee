"""One module per use case; `bootstrap` wires everything, and only it does."""
