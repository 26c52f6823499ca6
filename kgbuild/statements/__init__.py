"""What an article says: claims between mentions become statements between entities, each once."""
