"""RDF: statements as triples, the vocabulary and its shapes, and the way back."""
