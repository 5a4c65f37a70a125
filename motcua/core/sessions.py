"""Sessions in Django's own table, read by a statement built once: every request of who has signed in asks for one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.core.statements import Statement

_BY_KEY: Statement[Session] = Statement(lambda key: Session.objects.filter(session_key=key), key=str)


class SessionStore(DatabaseStore):
    """Set as SESSION_ENGINE's; keeps, signs and ends sessions as Django does."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The session that has not expired; without one its key is forgotten, so that nobody chooses their own."""
        found = _BY_KEY.rows(key=self.session_key or "")
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None
