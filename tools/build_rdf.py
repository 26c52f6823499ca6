"""Write the published vocabulary and its shapes anew, after a change of the tables."""

from __future__ import annotations

from pathlib import Path

from kgbuild.rdf import schema, shapes
from kgbuild.vocabulary import load_vocabulary

PLACE = Path(__file__).parents[1] / "kgbuild" / "resources" / "rdf"


def main() -> None:
    vocabulary = load_vocabulary()
    for name, module in (("vocabulary", schema), ("shapes", shapes)):
        path = PLACE / f"{name}.ttl"
        path.write_text(module.dumps(vocabulary), encoding="utf-8", newline="\n")
        print(path.relative_to(PLACE.parents[2]))


if __name__ == "__main__":
    main()
