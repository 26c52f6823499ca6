"""The language of a text, as far as it must be known: English, or which other."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from kgbuild.text.words import listed

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENOUGH = 60  # letters: of less, nobody can tell
# the share of letters of another script that makes a text foreign, short or long: an
# English report may quote pages of a law
_FOREIGN, _FOREIGN_LONG, _LONG = 0.12, 0.3, 500
_SURE = 0.7
_HEAD = 20_000  # characters that are looked at
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
    "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def foreign_language(text: str) -> str | None:
    """Return the name of a text's language where that is not English, else None.

    Of a short text and in doubt it is None. A text of which an eighth is in another script
    than the Latin one is foreign, whatever stands beside; a long one, a third.

    >>> foreign_language("Le président français a rencontré son homologue chinois à Paris, "
    ...     "où ils ont signé un accord sur la vente de douze avions.")
    'French'
    >>> foreign_language("Macron met Xi in Paris.") is None
    True
    """
    head = text[:_HEAD]
    letters = [c for c in head if c.isalpha()]
    other = sum(not _is_latin(c) for c in letters)
    most = _FOREIGN if len(letters) < _LONG else _FOREIGN_LONG
    if letters and other >= max(3, most * len(letters)):
        return _of_other_script(
            [c if c.isalpha() and not _is_latin(c) else " " for c in head]
        )
    words = head.lower().split()
    english = listed("english")
    common = sum(w in english for w in words)
    if len(letters) < _ENOUGH or common * 12 >= len(words):
        return None
    code, sure = _identifier().classify(head)
    if code == "en" or sure < _SURE:
        return None
    return _NAMES.get(code, "another language")


def _of_other_script(letters: list[str]) -> str:
    """Return the language of letters that are not Latin, or their script where it is unsure."""
    words = "".join(letters).split()
    code, sure = _identifier().classify(" ".join(words))
    if sure >= _SURE and code in _NAMES:
        return _NAMES[code]
    script = unicodedata.name(words[0][0], "another").split()[0].capitalize()
    return f"a language in {script} letters"


def _is_latin(letter: str) -> bool:
    """Tell whether a letter is of the Latin script, or a sign of science (µ, Δ)."""
    return (
        letter < "\u0250"
        or "\u1e00" <= letter < "\u1f00"
        or letter > "\ufaff"
        or ("\u2c60" <= letter < "\u2c80")
        or letter in "ΔΩπµαβγ"
    )


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
