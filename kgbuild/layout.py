"""Positions for a drawing: communities apart, hubs spread, labels off each other.

A force-directed layout in numpy, without any randomness: nodes start on a spiral ordered by
community, repel each other by weight, and are pulled along edges; at last boxes that
overlap (a node with its label) are pushed apart. Meant for up to about a thousand nodes,
each step costs the square of their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np

Array = np.ndarray[Any, np.dtype[np.float32]]
Numbers = np.ndarray[Any, np.dtype[np.intp]]
Edge = tuple[int, int, float]

SPACING = 130.0  # px between two linked nodes
ROOM = 5.0  # area of the drawing, in areas of its boxes
ASPECT = 1.6  # screens and labels are wider than high
GOLDEN = 2.399963229728653  # radians: the angle of a sunflower's seeds
_ROUNDS = 300  # at most, in which boxes are pushed apart


def place(
    boxes: Sequence[tuple[float, float]], edges: Sequence[Edge]
) -> list[tuple[int, int]]:
    """Return the centre of each box, in whole px, the drawing centred on (0, 0).

    ``boxes`` are widths and heights in px, ``edges`` are pairs of box numbers with a
    weight > 0. Boxes without an edge stand in rows below the rest.

    >>> place([(60, 30), (60, 30), (60, 30)], [(0, 1, 1.0)])[2][1] > 0
    True
    """
    graph = _simple(len(boxes), edges)
    linked = [n for n in graph if graph.degree[n]]
    loose = [n for n in graph if not graph.degree[n]]
    found = np.zeros((len(boxes), 2), dtype=np.float32)
    sizes = np.array(boxes, dtype=np.float32).reshape(-1, 2)
    if linked:
        found[linked] = _forces(graph.subgraph(linked), linked, sizes[linked])
    if loose:
        width = np.ptp(found[linked, 0]) if linked else 0.0
        below = found[linked, 1].max() if linked else 0.0
        found[loose] = _rows(sizes[loose], max(float(width), 600.0), float(below))
    found -= (found.max(axis=0) + found.min(axis=0)) / 2 if len(boxes) else 0
    return [(int(x), int(y)) for x, y in np.rint(found)]


def _simple(count: int, edges: Sequence[Edge]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for a, b, weight in edges:
        if a != b:
            known = graph[a][b]["weight"] if graph.has_edge(a, b) else 0.0
            graph.add_edge(a, b, weight=known + weight)
    return graph


def _forces(graph: nx.Graph[int], nodes: list[int], sizes: Array) -> Array:
    """Lay out the linked nodes; row i of the result is ``nodes[i]``."""
    row = {node: i for i, node in enumerate(nodes)}
    community = _communities(graph, row)
    ends = [(row[a], row[b], data["weight"]) for a, b, data in graph.edges(data=True)]
    pulls = np.array(
        [(a, b, _strength(w, community[a] == community[b])) for a, b, w in ends],
        dtype=np.float32,
    )
    mass = np.array([1 + graph.degree[n] for n in nodes], dtype=np.float32)
    position = _spiral(community)
    steps = 300 if len(nodes) < 400 else 160
    for step in range(steps):
        heat = SPACING * (1 - step / steps) ** 1.5 * 0.5
        position += _capped(_push(position, mass) + _pull(position, pulls), heat)
    return separate(_scaled(_level(position), sizes), sizes)


def _level(position: Array) -> Array:
    """Turn the drawing so that it is widest from left to right."""
    x, y = (position - position.mean(axis=0)).T
    angle = 0.5 * float(np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()))
    cos, sin = np.cos(angle), np.sin(angle)
    result: Array = np.stack([x * cos + y * sin, y * cos - x * sin], axis=1)
    return result.astype(np.float32)


def _scaled(position: Array, sizes: Array) -> Array:
    """Bring the drawing to the area that its boxes need, wider than high."""
    spread = np.ptp(position, axis=0) + 1.0
    area = ROOM * float((sizes[:, 0] * sizes[:, 1]).sum())
    position = position * np.sqrt(area / float(spread[0] * spread[1]))
    wider = float(np.clip(np.sqrt(ASPECT * spread[1] / spread[0]), 0.75, 1.35))
    result: Array = position * np.array([wider, 1 / wider], dtype=np.float32)
    return result


def _strength(weight: float, together: bool) -> float:
    return float((1.0 + np.log1p(weight)) * (1.0 if together else 0.35))


def _communities(graph: nx.Graph[int], row: dict[int, int]) -> Array:
    """Number the communities, the largest first."""
    parts = nx.community.louvain_communities(graph, weight="weight", seed=1)
    found = np.zeros(len(row), dtype=np.float32)
    for number, part in enumerate(sorted(parts, key=lambda p: (-len(p), min(p)))):
        found[[row[n] for n in part]] = number
    return found


def _spiral(community: Array) -> Array:
    """Start each community on its own arc of a sunflower of radius ~ sqrt(nodes)."""
    count = len(community)
    centre = community * GOLDEN
    radius = SPACING * np.sqrt(community + 0.5) * max(1.0, count**0.25)
    own = np.arange(count, dtype=np.float32)
    near = SPACING * 0.12 * np.sqrt(own + 1)
    x = radius * np.cos(centre) + near * np.cos(own * GOLDEN)
    y = radius * np.sin(centre) + near * np.sin(own * GOLDEN)
    return np.stack([x, y], axis=1).astype(np.float32)


def _push(position: Array, mass: Array) -> Array:
    """Repel all pairs, by mass over distance, and draw everything to the middle.

    Plain loops over arrays and no matrix product, whose sums differ between machines.
    """
    dx = np.subtract.outer(position[:, 0], position[:, 0])
    dy = np.subtract.outer(position[:, 1], position[:, 1])
    force = dx * dx
    force += dy * dy
    force += 25.0
    np.divide(np.multiply.outer(mass, mass), force, out=force)
    push = [np.einsum("ij,ij->i", delta, force) for delta in (dx, dy)]
    repelled = np.stack(push, axis=1) * (SPACING * SPACING * 0.22)
    root = mass[:, None] ** 0.5
    result: Array = repelled / root - position * 0.02 * root
    return result


def _pull(position: Array, pulls: Array) -> Array:
    """Draw the ends of each edge together, the more the further they are apart."""
    a, b = pulls[:, 0].astype(int), pulls[:, 1].astype(int)
    apart = position[b] - position[a]
    force = apart * (pulls[:, 2] * 0.28)[:, None]
    total = np.zeros_like(position)
    np.add.at(total, a, force)
    np.add.at(total, b, -force)
    return total


def _capped(force: Array, limit: float) -> Array:
    length = np.sqrt((force * force).sum(axis=1, keepdims=True)) + 1e-6
    result: Array = force / length * np.minimum(length, limit)
    return result


def separate(position: Array, sizes: Array) -> Array:
    """Push overlapping boxes apart along the axis that needs the least, until none overlap."""
    position = position.copy()
    half = (sizes / 2).astype(np.float32)
    for _ in range(_ROUNDS):
        first, second = _overlapping(position, half)
        if not len(first):
            break
        apart = position[first] - position[second]
        over = half[first] + half[second] - np.abs(apart)
        sideways = over[:, 0] < over[:, 1]
        move = over * _sign(apart) * 0.45
        move[~sideways, 0] = 0
        move[sideways, 1] = 0
        np.add.at(position, first, move)
        np.add.at(position, second, -move)
    return position


def _overlapping(position: Array, half: Array) -> tuple[Numbers, Numbers]:
    """Return the pairs of overlapping boxes, found along the x axis."""
    order = np.argsort(position[:, 0], kind="stable")
    reach = 2 * float(half[:, 0].max())
    pairs: list[tuple[Numbers, Numbers]] = []
    for step in range(1, len(order)):
        first, second = order[:-step], order[step:]
        if (position[second, 0] - position[first, 0]).min() >= reach:
            break
        over = half[first] + half[second] - np.abs(position[first] - position[second])
        found = (over > 0.5).all(axis=1)
        pairs.append((first[found], second[found]))
    if not pairs:
        return order[:0], order[:0]
    first, second = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return first, second


def _sign(values: Array) -> Array:
    result: Array = np.where(values < 0, -1, 1).astype(np.float32)
    return result


def _rows(sizes: Array, width: float, below: float) -> Array:
    """Set boxes in rows of the given width, starting under ``below``."""
    found, x, y = [], 0.0, below + 60.0
    for w, h in sizes:
        if x and x + w > width:
            x, y = 0.0, y + float(sizes[:, 1].max())
        found.append((x + w / 2 - width / 2, y + h / 2))
        x += float(w)
    return np.array(found, dtype=np.float32)
