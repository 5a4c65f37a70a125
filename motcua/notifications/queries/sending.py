"""The dated settings by which messages go out, read once for a run."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from motcua.agencies.models import Agency
from motcua.agencies.queries import settings_for
from motcua.notifications.rules.quiet import clock
from motcua.notifications.rules.retries import Schedule
from motcua.notifications.rules.settings import KEYS, SETTINGS


@dataclass(frozen=True)
class SendingRules:
    """How messages of an agency go out on a day; times are local."""

    quiet_from: time | None
    quiet_to: time | None
    plain_sms: bool
    schedule: Schedule
    patience: int
    lease: timedelta
    private: bool


def rules_for(agency: Agency | None, day: date) -> SendingRules:
    """The rules of an agency, else of those above it, on a legal date."""
    found = {**{s.key: s.default for s in SETTINGS}, **settings_for(KEYS, agency, day)}
    return SendingRules(
        quiet_from=clock(found["notify_quiet_from"]),
        quiet_to=clock(found["notify_quiet_to"]),
        plain_sms=bool(found["notify_sms_plain"]),
        schedule=Schedule(
            timedelta(seconds=found["notify_retry_first"]),
            timedelta(minutes=found["notify_retry_longest"]),
            timedelta(hours=found["notify_retry_hours"]),
        ),
        patience=int(found["notify_unclear_tries"]),
        lease=timedelta(seconds=found["notify_lease_seconds"]),
        private=bool(found["notify_private_hosts"]),
    )
