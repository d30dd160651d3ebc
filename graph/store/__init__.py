"""One interface over the embedded store and remote endpoints.

open_release(folder) -> Store          memory or disk, by size
write_release_store(quads, folder)     data.nq.gz, its checksum, and store/ for large data
RemoteStore(url)                       any SPARQL 1.1 endpoint
"""

from ..release import DATA
from .local import DiskStore, MemoryStore
from .protocol import QueryAnswer, Store
from .release import (
    CHECKSUM,
    MEMORY_QUADS,
    STORE,
    check_release,
    open_release,
    write_release,
    write_release_store,
)
from .remote import RemoteStore

__all__ = [
    "CHECKSUM",
    "DATA",
    "MEMORY_QUADS",
    "STORE",
    "DiskStore",
    "MemoryStore",
    "QueryAnswer",
    "RemoteStore",
    "Store",
    "check_release",
    "open_release",
    "write_release",
    "write_release_store",
]
