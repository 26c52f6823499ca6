"""Check annotated passages for faults of form, and count what they tell.

python tools/train_reader/check.py FILE...
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from passages import parse_passages


def main(paths: list[str]) -> int:
    """Print the faults and how often each relation is told; return 1 where there are faults."""
    faults: list[str] = []
    passages = [
        p
        for path in paths
        for p in parse_passages(Path(path).read_text("utf-8"), path, faults)
    ]
    print(*faults, sep="\n", end="\n" if faults else "")
    counts = Counter(t.relation for p in passages for t in p.told)
    print(len(passages), "passages;", sum(not p.told for p in passages), "tell nothing")
    for relation, count in counts.most_common():
        print(f"{relation:20} {count}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
