"""What goes into an adapter and what comes out."""

from dataclasses import dataclass, field
from datetime import datetime

from motcua.notifications.models import Provider
from motcua.notifications.rules.delivery import Outcome


@dataclass(frozen=True)
class Outgoing:
    """One message for one provider. `key` is the same at every try. `calendar`: an .ics file for e-mail. `headers`: further
    headers of an e-mail. `private`: whether the partner may be in a private network.
    """

    provider: Provider
    secret: str = field(repr=False)
    key: str
    channel: str
    to: str = field(repr=False)
    subject: str
    body: str = field(repr=False)
    language: str
    at: datetime
    callback: str = ""
    calendar: bytes = b""
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    private: bool = False


@dataclass(frozen=True)
class Reply:
    """How a try ended; `detail` is for staff and holds no personal data once it is hushed."""

    outcome: Outcome
    detail: str = ""
    reference: str = ""
