"""The commands of ``kgbuild``: each module holds the function of its name."""
