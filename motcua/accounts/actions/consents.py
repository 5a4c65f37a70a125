"""The consent log: the one place where a "yes" or a "no" is written."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import Consent, User
from motcua.accounts.rules.consents import PURPOSES, SOURCES
from motcua.core.errors import RuleViolation


@transaction.atomic
def record_consent(
    given: Mapping[str, bool],
    *,
    user: User | None = None,
    subject_key: str = "",
    text_version: str,
    source: str,
    reference: str = "",
    actor: User | None,
    at: datetime,
) -> list[Consent]:
    """Write down what somebody agreed to or withdrew: purpose -> yes. Whose it is: an account, the key of an address
    (`keys.contact_key`), or both. Part of the act that asked. `text_version`: which wording was read.

    Raises RuleViolation for a purpose or way that nobody has made known.
    """
    if set(given) - set(PURPOSES) or source not in SOURCES:
        raise RuleViolation("Chọn lại mục đích đồng ý trong danh sách.")
    rows = [
        Consent(
            user=user,
            subject_key=subject_key,
            purpose=purpose,
            given=yes,
            text_version=text_version[:40],
            channel=SOURCES[source][1],
            source=source,
            reference=reference,
            at=at,
            actor_id=actor.pk if actor else None,
        )
        for purpose, yes in given.items()
    ]
    return Consent.objects.bulk_create(rows)
