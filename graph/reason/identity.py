"""Terms known to be the same, each class spoken for by one representative.

The merges form a forest whose edges are `owl:sameAs` triples, so there is exactly one path between
two terms of a class, and it existed when they became the same: the proof of their identity.
"""

from __future__ import annotations

from collections import deque

EQUAL_VALUE = -1
"""Position standing for "literals of equal value" (dt-eq) where no triple says so."""


class Identity:
    """Union-find that remembers why."""

    def __init__(self) -> None:
        """Every term is itself only."""
        self.aliases: dict[int, int] = {}
        """Every term that is not a representative, to its representative."""
        self.groups: dict[int, list[int]] = {}
        """Representative to all terms of its class, where there are several."""
        self._edges: dict[int, list[tuple[int, int]]] = {}

    def find(self, term: int) -> int:
        """Return the representative of *term*."""
        return self.aliases.get(term, term)

    def group(self, term: int) -> list[int]:
        """Return all terms that are the same as *term*, itself included."""
        representative = self.find(term)
        return self.groups.get(representative, [representative])

    def merge(self, left: int, right: int, position: int) -> list[int]:
        """Join two classes because of the triple at *position*; return the terms that lost theirs.

        A resource speaks before a literal, then the term seen first.
        """
        one, two = self.find(left), self.find(right)
        if one == two:
            return []
        winner, loser = sorted((one, two), key=lambda term: (term & 1, term))
        moved = self.groups.pop(loser, [loser])
        self.groups.setdefault(winner, [winner]).extend(moved)
        for term in moved:
            self.aliases[term] = winner
        self._edges.setdefault(left, []).append((right, position))
        self._edges.setdefault(right, []).append((left, position))
        return moved

    def path(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the steps ``(from, to, position)`` that join two terms of one class."""
        came_from: dict[int, tuple[int, int]] = {start: (start, EQUAL_VALUE)}
        queue = deque([start])
        while queue and end not in came_from:
            term = queue.popleft()
            for neighbour, position in self._edges.get(term, ()):
                if neighbour not in came_from:
                    came_from[neighbour] = (term, position)
                    queue.append(neighbour)
        steps = []
        while end != start:
            before, position = came_from[end]
            steps.append((before, end, position))
            end = before
        return steps[::-1]
