"""Text as it comes: mended with a way back to the original, and what it tells of itself."""
