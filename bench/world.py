"""A world to measure in: eight communes with a counter each, one procedure, one process. Needs DATABASE_URL on PostgreSQL."""

import os
from collections.abc import Iterator
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from motcua.accounts.models import User  # noqa: E402
from motcua.agencies.testing import make_agency, make_office, make_system_user, make_user_with  # noqa: E402
from motcua.dossiers.testing import World, make_world  # noqa: E402
from motcua.procedures.models import Offering, Procedure  # noqa: E402
from motcua.workdays.actions import load_national_calendar  # noqa: E402

COMMUNES = 8


@transaction.atomic
def build() -> list[World]:
    """The communes; the first one is the world of the tests, the others are like it."""
    from motcua.core.moments import now

    load_national_calendar(actor=make_system_user(), at=now())
    first = make_world()
    return [first, *(_another(first, number) for number in range(2, COMMUNES + 1))]


def _another(first: World, number: int) -> World:
    commune = make_agency(f"UBND xã số {number}", first.province, code=f"H40.{number + 20}")
    Offering.objects.create(procedure=first.procedure, agency=commune, valid_from="2010-01-01")
    return replace(
        first,
        commune=commune,
        office=make_office(commune),
        clerk=make_user_with("receptionist", commune),
        officer=make_user_with("officer", commune),
        boss=make_user_with("leader", commune),
    )


def session_of(user: User) -> str:
    """The key of a signed-in session, as a browser would carry it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def form_of(world: World) -> dict[str, str]:
    """A complete dossier as the browser sends it to the counter."""
    offering = Offering.objects.get(procedure=world.procedure, agency=world.commune)
    papers = list(world.procedure.versions.get().papers.order_by("position"))
    values = {
        "offering": offering.pk, "case": "", "channel": "counter", "delivery": "counter", "copies_of_dossier": 1,
        "content": "", "decision": "receive", "applicant-kind": "citizen", "applicant-name": "Nguyễn Văn An",
        "applicant-identity_number": "038200000001", "applicant-birth_date": "01/02/2000", "applicant-gender": "Nam",
        "applicant-phone": "0912345678", "applicant-address": "Thôn 1", "applicant-email": "",
        "papers-TOTAL_FORMS": 4, "papers-INITIAL_FORMS": 2,
    }  # fmt: skip
    for number, paper in enumerate(papers):
        values |= {
            f"papers-{number}-paper_id": paper.pk, f"papers-{number}-name": paper.name, f"papers-{number}-present": "on",
            f"papers-{number}-originals": 1, f"papers-{number}-copies": 0,
        }  # fmt: skip
    for number in range(len(papers), 4):
        values |= {
            f"papers-{number}-name": f"Giấy tờ khác {number}",
            f"papers-{number}-present": "on",
            f"papers-{number}-originals": 1,
        }
    return {key: str(value) for key, value in values.items()}


def rows(sql: str) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from cursor.fetchall()


def database_url() -> str:
    return os.environ["DATABASE_URL"]


__all__ = [
    "COMMUNES",
    "Procedure",
    "World",
    "build",
    "database_url",
    "form_of",
    "rows",
    "session_of",
    "settings",
]
