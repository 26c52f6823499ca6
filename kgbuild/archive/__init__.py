"""A project folder that lives: what was read is kept, so that only what is new is read again.

``shards`` are documents with what each says, as Parquet; ``store`` says which of them count;
``waiting`` and ``workers`` read what is not there yet; ``graphs`` makes a graph of it all.
"""
