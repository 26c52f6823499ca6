"""English news about states, leaders and arms deals, made into a knowledge graph."""
