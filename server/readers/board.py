"""What the processes of the service tell each other without asking: a page of shared memory."""

from __future__ import annotations

import mmap
import struct

_NUMBERS = struct.Struct("=QQQQ")
_VERSION_AT = 64
_VERSION_SIZE = 128


class Board:
    """The generation of readers, the keeper's process, counters, and the dataset's version.

    It is made before the processes are forked and shared by all of them; only the keeper writes.
    """

    def __init__(self) -> None:
        """Make the page."""
        self._page = mmap.mmap(-1, mmap.PAGESIZE)

    def publish(self, generation: int, keeper: int, version: str) -> None:
        """Tell that readers of *generation* answer for *version*; the generation goes last."""
        text = version.encode()[: _VERSION_SIZE - 1]
        self._page[_VERSION_AT : _VERSION_AT + _VERSION_SIZE] = text.ljust(_VERSION_SIZE, b"\0")
        _, _, replaced, quads = self._numbers()
        _NUMBERS.pack_into(self._page, 0, generation, keeper, replaced, quads)

    def count_replaced(self) -> None:
        """Count a reader that died and was replaced."""
        generation, keeper, replaced, quads = self._numbers()
        _NUMBERS.pack_into(self._page, 0, generation, keeper, replaced + 1, quads)

    def _numbers(self) -> tuple[int, int, int, int]:
        return _NUMBERS.unpack_from(self._page)

    @property
    def generation(self) -> int:
        """Number of the readers now answering; 0 before the dataset is loaded."""
        return self._numbers()[0]

    @property
    def keeper(self) -> int:
        """Process that keeps the dataset; 0 before there is one."""
        return self._numbers()[1]

    @property
    def replaced(self) -> int:
        """Readers that died and were replaced since the start."""
        return self._numbers()[2]

    @property
    def version(self) -> str:
        """Version of the dataset."""
        raw = self._page[_VERSION_AT : _VERSION_AT + _VERSION_SIZE]
        return raw.rstrip(b"\0").decode()
