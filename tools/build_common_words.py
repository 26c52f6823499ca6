"""Count the words that news writes small, and write ``resources/text/common.txt``.

    python tools/build_common_words.py TEXTS.jsonl.gz ... > kgbuild/resources/text/common.txt

A word is taken that a dozen articles have amid a sentence, and that stands there with a
small letter three times as often as with a capital.
"""

import gzip
import json
import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

_AMID = re.compile(r"(?<=[a-z,;] )[^\W\d_]+(?=[ ,.;:'’?!])")
_ARTICLES, _TIMES, _BEGINNING = 12, 3, 6000


def main() -> None:
    """Read the files of records that are named, and print the words."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for path in map(Path, sys.argv[1:]):
        for line in gzip.decompress(path.read_bytes()).splitlines():
            words = _AMID.findall(json.loads(line)["text"][:_BEGINNING])
            small.update(w for w in words if w.islower())
            capital.update(w.lower() for w in words if w[0].isupper())
            articles.update({w for w in words if w.islower()})
    chosen = sorted(
        word
        for word, count in small.items()
        if word.isascii()
        and articles[word] >= _ARTICLES
        and count >= _TIMES * capital[word]
    )
    print("\n".join(textwrap.wrap(" ".join(chosen), 90)))


if __name__ == "__main__":
    main()
