"""Issuing numbered slips: the number without gaps per issuer, kind and year; the data frozen as printed."""

from datetime import date
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.audit.rules.canonical import fingerprint
from motcua.core import store
from motcua.dossiers import slips
from motcua.dossiers.actions._journal import trace
from motcua.dossiers.actions._numbers import take
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.forms_by_date import row_of


def series_of(issuer: Agency | OneStopOffice) -> str:
    """The name of an issuer's series of numbers."""
    return f"office/{issuer.pk}" if isinstance(issuer, OneStopOffice) else f"agency/{issuer.pk}"


def key_of(series: str, kind: str, year: int) -> str:
    """The counter behind a series of slips."""
    return f"notice/{series}/{row_of(kind)}/{year}"


def reserve(desk: Desk, kind: str, issuer: Agency | OneStopOffice) -> int:
    """Take the next number for a slip that is issued later in the same act."""
    key = key_of(series_of(issuer), kind, desk.day.year)
    return take([key])[key]


def name_of(heading: dict[str, Any]) -> str:
    """How other papers call a slip: "Phiếu xin lỗi số 03/PXL"."""
    return f"{heading['form_title']} số {heading['number']}/{heading['symbol']}"


def issue(
    desk: Desk, dossier: Dossier, kind: str, content: dict[str, Any], issuer: Agency | OneStopOffice, *,
    signer: User | None = None, number: int | None = None, day: date | None = None,
) -> Notice:  # fmt: skip
    """Issue a slip: take its number (unless given), freeze what it says."""
    on = day or desk.day
    series = series_of(issuer)
    if number is None:
        key = key_of(series, kind, on.year)
        number = take([key])[key]
    data = {**slips.heading(kind, dossier, issuer, number, on), **content}
    notice = store.new(Notice,
        dossier=dossier, kind=kind, series=series, number=number, year=on.year, issued_at=desk.at, issued_by=desk.actor,
        signer=signer, data=data,
    )  # fmt: skip
    store.insert([notice])
    trace(dossier, "notices", [notice.pk, fingerprint(data)])
    return notice
