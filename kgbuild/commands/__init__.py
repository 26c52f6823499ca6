"""The commands of ``kgbuild``: each module holds the function of its name.

A new command is a new module; those that begin with ``_`` hold what several commands share.
All are imported for ``kgbuild --help``, so what is heavy is imported inside functions.
"""
