"""The token for updates: scrypt-hashed in the settings, compared in constant time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import threading

from maizuru.graph.errors import QueryRefused

from .errors import Unauthorised
from .http import Request

_N, _R, _P = 2**14, 8, 1
_CHALLENGE = [("WWW-Authenticate", 'Bearer realm="updates"')]


def hash_token(token: str) -> str:
    """Return what the setting ``update_token`` keeps of a token: ``scrypt$N$r$p$salt$hash``."""
    salt = secrets.token_bytes(16)
    packed = [base64.b64encode(part).decode() for part in (salt, _scrypt(token, salt, _N, _R, _P))]
    return "$".join(["scrypt", str(_N), str(_R), str(_P), *packed])


def _scrypt(token: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(token.encode(), salt=salt, n=n, r=r, p=p, maxmem=2**27, dklen=32)


class Auth:
    """Lets changes through that carry the token; without a token set, lets none."""

    def __init__(self, hashed: str) -> None:
        """Take the setting's text; empty means the service is read-only.

        Raises:
            ValueError: it is not what `hash_token` makes.
        """
        self._hash: tuple[int, int, int, bytes, bytes] | None = None
        if hashed:
            self._hash = _unpack(hashed)
        self._key = secrets.token_bytes(32)
        self._accepted = b""
        self._lock = threading.Lock()

    @property
    def writable(self) -> bool:
        """Tell whether any token is accepted."""
        return self._hash is not None

    def require(self, request: Request) -> None:
        """Let pass a request that carries the token as ``Authorization: Bearer``.

        Raises:
            QueryRefused: the service takes no changes.
            Unauthorised: the token is missing or another.
        """
        if self._hash is None:
            raise QueryRefused("This service is read-only")
        scheme, _, token = request.header("Authorization").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorised("A change needs a token", _CHALLENGE)
        if not self._matches(token.strip()):
            raise Unauthorised("This is not the token for changes", _CHALLENGE)

    def admits(self, request: Request) -> bool:
        """Tell whether a request carries the token."""
        try:
            self.require(request)
        except (QueryRefused, Unauthorised):
            return False
        return True

    def _matches(self, token: str) -> bool:
        """Tell whether this is the token; scrypt is slow, so the right one is remembered keyed."""
        keyed = hmac.digest(self._key, token.encode("utf-8", "replace"), "sha256")
        if self._accepted and hmac.compare_digest(keyed, self._accepted):
            return True
        if self._hash is None:
            return False
        n, r, p, salt, expected = self._hash
        with self._lock:
            found = _scrypt(token, salt, n, r, p)
        if not hmac.compare_digest(found, expected):
            return False
        self._accepted = keyed
        return True


def _unpack(hashed: str) -> tuple[int, int, int, bytes, bytes]:
    try:
        name, n, r, p, salt, expected = hashed.split("$")
        parts = (int(n), int(r), int(p), base64.b64decode(salt), base64.b64decode(expected))
    except (ValueError, binascii.Error) as error:
        raise ValueError("The setting update_token is not a hash made by maizuru token") from error
    if name != "scrypt":
        raise ValueError("The setting update_token is not a hash made by maizuru token")
    return parts
