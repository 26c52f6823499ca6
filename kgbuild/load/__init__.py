"""Loading: each article of a graph, as a named graph, into a triple store."""
