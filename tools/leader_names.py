"""Names and posts as the tables write them, made into what English news writes."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

_RANKS = re.compile(
    r"(?i)^(?:(?:(?:[a-z]*\.?\s)?(?:gen|lt|col|maj|sr|brig|capt|cdr|adm|dr|prof|rev|msgr)"
    r"(?:\.|\b)|general|colonel|major|captain|marshal|field|marshall|lieutenant|sir|dame|"
    r"sheikh|shaykh|prince|his|her|highness|ratu|tan|sri|datuk|dato|the|hon\.|rt\.|"
    r"ret\.|commander|brigadier|cdre|commodore|senior|state)\s+)+"
)
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovych|yovych|ovna|evna|ivna|yich|ich)$")
_PARTICLES = {"DE", "DA", "DOS", "DO", "DI", "VAN", "VON", "DER", "BIN", "LA", "DEL"}
_PARTICLES |= {"AL", "EL", "OF", "BA", "OULD", "DU", "ABD"}
# in this order: what a title says, and the post that it is; "" leaves the term out
_POSTS = (
    (r"Governor|Commissioner|Administrator|Prefect|Coprince|Assembly|Privy|Regent", ""),
    (r"Representative", ""),
    (
        r"of China|of Portugal|Secretary of State|Pontifical|Lord of Mann|Captain|Foreign Minister",
        "",
    ),
    (r"^Crown Prince and Prime", "Prime Minister"),
    (r"King|Paramount Ruler", "King"),
    (r"Queen", "Queen"),
    (r"Sultan", "Sultan"),
    (r"Amir|Emir", "Emir"),
    (r"Emperor", "Emperor"),
    (r"Grand Duke|^Prince$", "Monarch"),
    (r"Pope", "Pope"),
    (r"(?i)(acting|interim|transition\w*|caretaker)\W+president", "Acting President"),
    (r"(?i)(acting|interim|transition\w*|caretaker)\W+(prime|premier)", "*Minister"),
    (r"President of the Government|Chairman of the Council of M", "Prime Minister"),
    (r"Chairman of the Cabinet", "Prime Minister"),
    (r"Chancellor", "Chancellor"),
    (r"Prime Minister", "Prime Minister"),
    (r"Premier", "Premier"),
    (r"Minister of State|Head of Government|Chief Minister", "Prime Minister"),
    (r"Council|Chair|Leader|Command", "Leader"),
    (r"President", "President"),
)


def post(title: str) -> str | None:
    """Return the post that a title names; None where it names none."""
    for pattern, role in _POSTS:
        if re.search(pattern, title):
            return "Acting Prime Minister" if role == "*Minister" else role
    return None


def readable(name: str) -> tuple[str, list[str]]:
    """Return a name with its surname in capitals as label and aliases.

    >>> readable("Rodrigo PAZ Pereira")
    ('Rodrigo Paz', ['Rodrigo Paz Pereira'])
    >>> readable("Viktor Stepanovich CHERNOMYRDIN")
    ('Viktor Chernomyrdin', ['Viktor Stepanovich Chernomyrdin'])
    >>> readable("CHUAN Likphai")
    ('Chuan Likphai', ['Chuan'])
    """
    name = re.sub(r"[`´]", "", re.sub(r"\(.*?\)|\(.*", "", name))
    name, _, other = name.partition(", also spelled ")
    name = re.sub(r"^also spelled | or$", "", name)
    name = re.sub(r"^(?i:prime minister|(?:acting )?premier|president) ", "", name)
    name = re.sub(r"^(?:Lyonpo|Supreme Council) ", "", name)
    name = re.sub(
        r",? (?:Dr|in caretaker.*|serving as.*|- previously.*|;.*)$", "", name
    )
    name = re.sub(r",? Jr\.?$|,? Sr\.?$", "", name.strip(" ,.-"))
    nick = re.search(r'"(.+?)"', name)
    name = _RANKS.sub("", re.sub(r'\s*".+?"', "", name)).strip()
    words = name.split()
    loud = [_LOUD.search(w) is not None and not _ROMAN.fullmatch(w) for w in words]
    plain = [
        _title(w, i == 0) if up else w for i, (w, up) in enumerate(zip(words, loud))
    ]
    full = " ".join(plain)
    aliases = []
    if True in loud:
        last = len(loud) - 1 - loud[::-1].index(True)
        first = loud.index(True)
        tail = [w for w in plain[last + 1 :] if not _ROMAN.fullmatch(w)]
        label = full if first == 0 else " ".join(plain[: last + 1])
        if first > 1 and not tail:
            kept = [w for w in plain[1:first] if not _PATRONYMIC.search(w)]
            label = " ".join([plain[0], *kept, *plain[first:]])
        if label != full:
            aliases.append(full)
        if first == 0 and last + 1 < len(words):
            aliases.append(" ".join(plain[first : last + 1]))
        surname = re.sub(r"^(?:[Aa]l|[Ee]l)-", "", plain[last])
        if first and not label.endswith(" " + surname):
            aliases.append(surname)
    else:
        label = full
    if other:
        aliases += [readable(other)[0]]
    if nick:
        aliases.append(f"{nick[1]} {label.split()[-1]}")
    return label, [a for a in dict.fromkeys(aliases) if a and a != label]


@cache
def alike(one: str, other: str) -> float:
    """Return how alike two people's names are, 0 to 1, whatever the romanization."""
    a, b = parts(one), parts(other)
    if not a or not b:
        return 0.0
    if set(a) == set(b):
        # "Hamad bin Khalifa" is Khalifa bin Hamad's son
        son = re.search(r"(?i)\b(?:bin|ibn)\b", one) and a != b
        return 0.5 if son else 1.0
    whole = SequenceMatcher(None, "".join(a), "".join(b)).ratio()
    best = [max(SequenceMatcher(None, w, v).ratio() for v in b) for w in a]
    back = [max(SequenceMatcher(None, w, v).ratio() for v in a) for w in b]
    words = min(best, back, key=len) if len(a) != len(b) else best
    return max(whole, sum(words) / len(words) - 0.05 * abs(len(a) - len(b)))


_ROMAN = re.compile(r"I{1,3}|IV|VI{0,3}|IX|XI{1,3}|XIV|XVI")
# in capitals, whole or after a hyphen
_LOUD = re.compile(r"^(?:\w+-)*[^\W\da-z](?:[^\W\da-z]|['’-])+$")


def _title(word: str, first: bool) -> str:
    if word in _PARTICLES and not first:
        return word.lower()
    parts = re.split(r"([-'])", word)
    made = ""
    for part in parts:
        inner = made.endswith("'") and len(made) > 3
        made += part.lower() if inner else part.capitalize()
    made = re.sub(r"^Mc(\w)", lambda m: "Mc" + m[1].upper(), made)
    return (
        re.sub(r"^(Al|El)-", lambda m: m[1].lower() + "-", made) if not first else made
    )


@cache
def parts(name: str) -> list[str]:
    text = (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    )
    text = re.sub(r"\b(?:al|el|bin|ibn|of|the|von|de|da)\b|['.`]", " ", text)
    text = (
        text.replace("kh", "h").replace("dh", "d").replace("y", "i").replace("q", "k")
    )
    return [w for w in re.split(r"[^a-z]+", text) if len(w) > 1]
