"""Who is meant: mentions to the entities that they name or stand for."""
