"""Keep answers by entity tag; a tag names the dataset's version, so none is ever stale."""

from __future__ import annotations

import threading
from collections import OrderedDict

from .jobs import Answer

LARGEST_SHARE = 16
"""An answer may take up to one part in so many of the cache."""


class AnswerCache:
    """The most recently used answers, up to so many bytes."""

    def __init__(self, capacity: int) -> None:
        """Keep at most *capacity* bytes of answers; 0 keeps none."""
        self._capacity = capacity
        self._size = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> Answer | None:
        """Return the answer of that tag, if it is kept."""
        with self._lock:
            answer = self._answers.get(tag)
            if answer is not None:
                self._answers.move_to_end(tag)
            return answer

    def put(self, tag: str, answer: Answer) -> None:
        """Keep an answer that is whole bytes and not too large."""
        body = answer.body
        if not isinstance(body, bytes) or len(body) > self._capacity // LARGEST_SHARE:
            return
        with self._lock:
            if tag in self._answers:
                return
            self._answers[tag] = answer
            self._size += _weight(answer)
            while self._size > self._capacity:
                _, oldest = self._answers.popitem(last=False)
                self._size -= _weight(oldest)


def _weight(answer: Answer) -> int:
    """Return the bytes an answer takes, with what surrounds it."""
    return (len(answer.body) if isinstance(answer.body, bytes) else 0) + 500
