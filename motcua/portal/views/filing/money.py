"""What decides the fee, and what it comes to, as one reads it while filing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.core.money import dong
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Payment
from motcua.filing.queries import Journey
from motcua.payments.queries import amount_due, pay_link_of
from motcua.portal.forms.filing import FeesPage
from motcua.portal.queries import words
from motcua.procedures.rules.fees import Due, Exemption, FeeLine


@dataclass(frozen=True)
class FeeRow:
    """One amount: what for (the law's word), how much, how it comes to it, by which law, why less."""

    name: str
    amount: str
    explanation: str
    law: str
    exempt: str = ""


def fees_page(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    """How many, and whether the person is exempt: only what changes the amount."""
    asked = journey.fee_questions
    choices = [(one.reason, exemption_label(one)) for one in asked.exemptions]
    values = {"copies": "1", "pages": "1", **(given or journey.application.fees)}
    form = FeesPage(asked.counted, choices, values, errors)
    title = _("Phí, lệ phí của hồ sơ này") if asked.counted else _("Bạn có được miễn, giảm phí không?")
    return {"form": form, "title": title, "prices": [price(line) for line in journey.fee_lines]}


def exemption_label(one: Exemption) -> str:
    """Whom it is for, how much less they pay, and the paper that they must show."""
    if one.percent_off == 100:
        said = _("%(who)s (miễn)") % {"who": one.reason}
    else:
        said = _("%(who)s (giảm %(percent)s%%)") % {"who": one.reason, "percent": one.percent_off}
    return _("%(who)s; gửi kèm: %(paper)s") % {"who": said, "paper": one.proof} if one.proof else said


def price(line: FeeLine) -> tuple[str, str]:
    """What is charged for, and its price: for a case, a copy, a page."""
    if line.tiers:
        tiers = [f"{words.amount(one.dong)} ({words.tier(one.pages)})" for one in line.tiers]
        return line.name, ", ".join(tiers)
    unit = {"case": _("một hồ sơ"), "copy": _("một bản"), "page": _("một trang")}[line.per]
    return line.name, f"{words.amount(line.amount_dong)}/{unit}"


def fee_rows(journey: Journey) -> list[FeeRow]:
    """What the filing is expected to cost, line by line; empty where nothing is charged."""
    return [_row(due) for due in journey.bill.dues if due.before_dong]


def _row(due: Due) -> FeeRow:
    return FeeRow(
        due.line.name, words.amount(due.dong), due.reckoning, due.line.legal_basis, _exempt(due.exemption)
    )


def _exempt(one: Exemption | None) -> str:
    """Why less is paid, with the law that says so."""
    if one is None:
        return ""
    less = _("Được miễn vì") if one.percent_off == 100 else _("Được giảm %(n)s%% vì") % {"n": one.percent_off}
    return f"{less} {one.reason}" + (f" ({one.legal_basis})" if one.legal_basis else "")


def offer(dossier: Dossier | None) -> dict[str, str]:
    """What a filing that has arrived owes at once, and where it is paid; empty where nothing is to be paid now."""
    if dossier is None or dossier.payment != Payment.DUE:
        return {}
    reference = f"dossier/{dossier.pk}"
    return {"owed": dong(amount_due(reference)), "pay": pay_link_of(reference)}


def total(journey: Journey) -> str:
    """The sum; empty where nothing is to be paid."""
    whole = journey.bill.total_dong
    return words.amount(whole) if whole else ""
