"""The trained reader: which words name whom, and what a passage says of them."""
