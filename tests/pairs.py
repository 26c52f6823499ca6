"""Two hundred pairs of names in invented articles: those of one, and those of two.

``PAIRS`` are (pattern, first, second, is one): each side is a name, its type, and what the
article ties it to, with a role. The people and bodies are invented.
"""

from __future__ import annotations

from typing import NamedTuple

PEOPLE = """\
Arvid|Tobias|Lindmark|Arwid|Lindmarck|Norrland Steel|Vesteria
Yelena|Maratovna|Sorokina|Elena|Sorokyna|Kamsk Energy|Ostravia
Haruto|Kenji|Morikawa|Haruto|Morykawa|Aoba Heavy Works|Nishima
Dmitry|Olegovich|Veretin|Dmitri|Veretine|Baltkhim|Gardovia
Amara|Chinwe|Okoroji|Amarah|Okorogi|Delta Ports|Benua
Mohammed|Said|Barzouki|Muhammad|Barzuki|Sahra Telecom|Tamrit
Lucía|Ines|Valdecasa|Lucia|Valdecassa|Minas del Sur|Costa Verde
Sergey|Ivanovich|Trubnikov|Sergei|Troubnikov|Volga Motors|Ruvenia
Zhanna|Pavlovna|Kirilenko|Janna|Kyrylenko|Chernosol|Poltavia
Ricardo|Manuel|Esteirinha|Riccardo|Esteirinho|Porto Azul Lines|Lusara"""
BODIES = """\
Ministry of Trade of Vesteria|Ministry of Trade of Ostravia
5th Guards Division|7th Guards Division
Bank of Nishima|Bank of Benua
National Council of Tamrit|National Council of Lusara
Ruvenian Air Force|Ruvenian Navy
Council for Foreign Policy|Council for Fiscal Policy
Vesteria Electric|Vesteria Electronics
Union of Workers|Union of Writers
Party of Labour|Party of Liberty
Northern Fleet|Southern Fleet
Agency 12|Agency 21
Institute of Economy|Institute of Ecology
People's Front|People's Forum
Coastal Rail|Coastal Air
Ministry of Defence|Ministry of Finance"""


class Side(NamedTuple):
    """A name in an article, and what the article tells of it."""

    name: str
    type: str = "Person"
    body: str = ""
    state: str = ""
    role: str = ""


class Pair(NamedTuple):
    """Two names in two articles, and whether they are of one."""

    pattern: str
    one: Side
    other: Side
    same: bool


def _people() -> list[Pair]:
    found = []
    rows = [row.split("|") for row in PEOPLE.split("\n")]
    for n, (first, middle, last, first2, last2, body, state) in enumerate(rows):
        whole, next_ = f"{first} {last}", rows[(n + 1) % len(rows)]
        far_body, far_state = next_[5], next_[6]

        def side(name: str, body: str = body, **more: str) -> Side:
            return Side(name=name, body=body, **more)

        def same(pattern: str, one: Side, other: Side) -> None:
            found.append(Pair(pattern, one, other, True))

        def two(pattern: str, one: Side, other: Side) -> None:
            found.append(Pair(pattern, one, other, False))

        same("turned", Side(whole), Side(f"{last} {first}"))
        same("turned, tied", side(whole), side(f"{last} {first}"))
        same("middle name", side(f"{first} {middle} {last}"), side(whole))
        same("middle initial", Side(f"{first} {middle[0]}. {last}"), Side(whole))
        same("first initial, tied", side(f"{first[0]}. {last}"), side(whole))
        same("first name spelt", side(f"{first2} {last}"), side(whole))
        same("last name spelt", side(f"{first} {last2}"), side(whole, state=state))
        same("both tied", side(whole, state=state), side(whole))
        same("one untied", side(whole), Side(whole))
        if n % 2:
            same("surname", side(last, role="chief"), side(whole, role="chief"))
        else:
            same("spelt, untied", Side(f"{first2} {last2}"), Side(whole))
        two("other first name", side(f"{next_[0]} {last}"), side(whole))
        two("namesake elsewhere", side(whole), side(whole, body=far_body))
        two(
            "namesake abroad",
            Side(whole, state=state, role="minister"),
            Side(whole, state=far_state, role="minister"),
        )
        two("junior", side(f"{whole} Jr."), side(whole))
        two("other initials", side(f"{first} B. {last}"), side(f"{first} Q. {last}"))
        two("other initial", side(f"X. {last}"), side(whole))
        two("other surname", side(f"{first} {next_[2]}"), side(whole))
        two("spouse", side(f"{next_[0]} {last2}"), side(whole))
        if n % 2:
            two("turned elsewhere", side(f"{last} {first}", body=far_body), side(whole))
    return found


def _bodies() -> list[Pair]:
    rows = [row.split("|") for row in BODIES.split("\n")]
    sides = [
        [Side(name, type="Organization", state="Vesteria") for name in row]
        for row in rows
    ]
    return [Pair("other body", one, other, False) for one, other in sides]


PAIRS = (*_people(), *_bodies())
