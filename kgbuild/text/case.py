"""Case: capitals where a text that is all capitals, or has none, would have had them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kgbuild.model import Span
from kgbuild.text.offsets import Cleaned, Edit
from kgbuild.text.words import common_words, listed

# a text is judged by at least so many letters, a line by so many words too
_LETTERS, _WORDS = 12, 4
_LONGEST = 6  # words of a name that is looked up

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]{1,4}-?\d+[^\W\d_]{0,2}(?![\w-])"
    r"|[^\W_]+(?:(?!['’][sS]\b)['’&][^\W_]+)*"
)
_CODE = re.compile(r"[A-Z]{1,2}-?\d+[A-Z]{0,2}", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]*\Z")
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th|bn|m|k)?", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouy]|[^a-z]")


def is_capitals(line: str) -> bool:
    """Tell whether a line is written in capitals, and long enough for it to mean nothing.

    >>> is_capitals("SEOUL SAYS NORTH FIRED SHELLS"), is_capitals("NATO AND EU")
    (True, False)
    """
    upper, all = sum(map(str.isupper, line)), sum(map(str.isalpha, line))
    return upper >= max(_LETTERS, 0.95 * all) and len(line.split()) >= _WORDS


def is_small(text: str) -> bool:
    """Tell whether a whole text has no capitals.

    >>> is_small("japan bought jets from france"), is_small("he met Xi in the palace")
    (True, False)
    """
    return (
        not any(map(str.isupper, text))
        and sum(map(str.islower, text)) >= _LETTERS
        and len(text.split()) >= _WORDS
    )


def recased(cleaned: Cleaned, names: Mapping[str, str]) -> Cleaned:
    """Return a text whose lines in capitals, or which if it has none, got case: one for one.

    Words are known by ``names`` (lower-cased -> as written), by the days and months, and
    by how the rest of the text writes them.

    >>> from kgbuild.text.offsets import unchanged
    >>> small = "on monday, president xi met vladimir putin. he left."
    >>> recased(unchanged(small), {"vladimir putin": "Vladimir Putin", "xi": "Xi"}).text
    'On Monday, President Xi met Vladimir Putin. He left.'
    """
    text = cleaned.text
    if is_small(text):
        whole = [found.span() for found in _LINE.finditer(text)]
        return cleaned.edited(_edits(text, whole, names))
    lines = [f.span() for f in _LINE.finditer(text) if is_capitals(f[0])]
    if not lines:
        return cleaned
    if not any(map(str.islower, text)):  # the short ones are no acronyms either
        lines = [found.span() for found in _LINE.finditer(text)]
    known = {**_told(text, lines), **names}
    return cleaned.edited(_edits(text, lines, known))


def _told(text: str, lines: Sequence[Span]) -> dict[str, str]:
    """Return the words that other lines write with a capital, and never without."""
    capital: dict[str, str] = {}
    small: set[str] = set()
    taken = {start for start, _ in lines}
    for line in _LINE.finditer(text):
        if line.start() in taken:
            continue
        for word in _WORD.finditer(text, *line.span()):
            if not word[0][0].isupper():
                small.add(word[0])
            elif not _begins(text, line.start(), word.start()):
                capital.setdefault(word[0].lower(), word[0])
    return {key: word for key, word in capital.items() if key not in small}


def _edits(
    text: str, lines: Sequence[Span], names: Mapping[str, str]
) -> Iterator[Edit]:
    for start, end in lines:
        new = _cased(text, start, end, names)
        if new != text[start:end]:
            yield start, end, new


def _cased(text: str, start: int, end: int, names: Mapping[str, str]) -> str:
    words = [found.span() for found in _WORD.finditer(text, start, end)]
    letters = [_lower(c) for c in text[start:end]]
    n = 0
    while n < len(words):
        count, name = _name(text, words, n, names)
        first = words[n][0]
        if count:
            letters[first - start : first - start + len(name)] = name
            _raise_titles(text, words, n, letters, start)
        elif _begins(text, start, first) or text[first - 3 : first].lower() == "al-":
            letters[first - start] = _upper(letters[first - start])
        n += count or 1
    return "".join(letters)


def _name(
    text: str, words: Sequence[Span], n: int, names: Mapping[str, str]
) -> tuple[int, str]:
    """Return how many words from the nth are a name, and how it is written; 0 for none."""
    first = words[n][0]
    for count in range(min(_LONGEST, len(words) - n), 0, -1):
        told = text[first : words[n + count - 1][1]]
        key = told.lower()
        name = names.get(key)
        if count == 1:
            plain = (
                key in listed("doubtful")
                or key in common_words()
                or _is_pronoun(text, words, n)
            )
            name = _usual(text, words[n], key) if plain or name is None else name
        if name is not None and len(name) == len(told):
            return count, name
    return 0, ""


def _is_pronoun(text: str, words: Sequence[Span], n: int) -> bool:
    """Tell whether "us" is we: it is a country after "the" and before what a state has."""
    start, end = words[n]
    if text[start:end].lower() != "us":
        return False
    before = text[slice(*words[n - 1])].lower() if n else ""
    after = text[slice(*words[n + 1])].lower() if n + 1 < len(words) else ""
    if before == "the" or after in listed("after_us") or _is_title(after):
        return False
    return text[start:end].islower() or before in listed("before_us")


def _is_title(word: str) -> bool:
    # "St" is a saint or a street
    return word in listed("titles") or word in listed("abbreviated") - {"st"}


def _usual(text: str, word: Span, key: str) -> str | None:
    """Return how anyone writes a word that no list of names need hold, None for any other."""
    told = text[slice(*word)]
    if key in listed("calendar") or key in listed("abbreviated"):
        return key.capitalize()
    if key in ("may", "march") and _by_number(text, *word):
        return key.capitalize()
    if key in listed("units") or key in listed("points") or _NUMBERED.fullmatch(key):
        return key
    if key in listed("acronyms") or key == "i" or "." in key:
        return told.upper()
    if _CODE.fullmatch(told):
        return told[:-1].upper() + (
            told[-1].lower() if key[-1] == "s" else told[-1].upper()
        )
    if told.isupper() and 1 < len(told) <= 5 and not _VOWEL.search(key):
        return told
    return None


def _by_number(text: str, start: int, end: int) -> bool:
    return text[end : end + 2].strip()[:1].isdigit() or bool(
        re.search(r"\d\s\Z", text[max(0, start - 2) : start])
    )


def _raise_titles(
    text: str, words: Sequence[Span], n: int, letters: list[str], start: int
) -> None:
    """Capitalise the titles right before a name."""
    while n and text[words[n - 1][1] : words[n][0]] in (" ", ". "):
        n -= 1
        if not _is_title(text[slice(*words[n])].lower()):
            return
        letters[words[n][0] - start] = _upper(letters[words[n][0] - start])


def _begins(text: str, start: int, place: int) -> bool:
    """Tell whether a sentence begins at a place of a line that begins at ``start``."""
    before = text[max(start, place - 12) : place]
    if place - start <= 12 and not any(map(str.isalnum, before)):
        return True
    if before[-1:].isalnum() or before[-2:-1].isalnum():
        return False  # as most words are, right after another
    if not _STOP.search(before):
        return False
    last = re.search(r"([^\W_]+)\.?[\"'”’)]*\s+[\"'“‘(]*\Z", before)
    word = last[1].lower() if last else ""
    return len(word) != 1 and word not in listed("abbreviated")


def _lower(letter: str) -> str:
    low = letter.lower()
    return low if len(low) == 1 else letter


def _upper(letter: str) -> str:
    high = letter.upper()
    return high if len(high) == 1 else letter
