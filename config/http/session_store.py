"""Django's sessions in PostgreSQL with a copy in Redis, written once a request.

Django's own store looks whether a new key is taken, writes an empty row under it, and writes it again at the end. A key
has 160 random bits, so nobody looks; and a new session is written with what it holds, when the request is over.
"""

from base64 import b32encode
from secrets import token_bytes
from typing import Any

from django.contrib.sessions.backends import cached_db
from django.contrib.sessions.backends.base import UpdateError

from config.kernel.statements import prepared_cursor

# In base 32 they are 32 characters, of those that Django takes in a key.
_BYTES = 20
_INSERT = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)"
_UPDATE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


class SessionStore(cached_db.SessionStore):
    """One session. The name is Django's, which looks for it here."""

    # Of Django's; its stubs leave them out.
    _get_session: Any
    _cache: Any
    _is_new = False

    def create(self) -> None:
        """Take another key. The row comes with `save`."""
        self._session_key = b32encode(token_bytes(_BYTES)).decode().lower()
        self._is_new = True
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write row and copy. Raises `UpdateError` for a session that was ended meanwhile."""
        if self.session_key is None:
            self.create()
        is_new = must_create or self._is_new
        data = self._get_session(no_load=is_new)
        encoded, expires = self.encode(data), self.get_expiry_date()
        with prepared_cursor() as cursor:
            if is_new:
                cursor.execute(_INSERT, [self.session_key, encoded, expires])
            else:
                cursor.execute(_UPDATE, [encoded, expires, self.session_key])
                if not cursor.rowcount:
                    raise UpdateError
        self._is_new = False
        self._cache.set(self.cache_key, data, self.get_expiry_age())
