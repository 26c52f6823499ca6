"""The knowledge: names of states, people, bodies, places and weapons, and who held which post when."""
