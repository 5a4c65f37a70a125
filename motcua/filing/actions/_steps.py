"""What each page takes over into the draft; each gives the errors by field and writes nothing itself."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.core.errors import NotFound
from motcua.core.text import nfc
from motcua.eforms.rules.answers import check_section
from motcua.filing.queries import prefill
from motcua.filing.queries.journey import Journey
from motcua.filing.queries.places import places
from motcua.filing.rules import fees as fee_rules
from motcua.filing.rules import party as party_rules
from motcua.filing.rules import steps

Taker = Callable[[Journey, Mapping[str, Any]], dict[str, str]]


def take_section(journey: Journey, key: str, raw: Mapping[str, Any]) -> dict[str, str]:
    """A section of the form: what is typed is kept, also what does not pass. Raises NotFound for no such section."""
    if journey.schema is None:
        raise NotFound()
    application = journey.application
    found = check_section(journey.schema, key, raw, application.answers, journey.context)
    application.answers = {**application.answers, key: found.values}
    return found.errors


def _office(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    application, wanted = journey.application, str(given.get("place", ""))
    found = next((one for one in places(journey.desk, application.version) if one.key == wanted), None)
    if found is None:
        return {"place": "Chọn nơi nộp hồ sơ."}
    application.office, application.resolving = found.office, found.agency
    return {}


def _case(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    application = journey.application
    application.case = nfc(str(given.get("case", "")))[:600]
    limit = nfc(str(given.get("limit_case", "")))[:600]
    application.limit_case = limit if limit in journey.limit_cases else ""
    if journey.cases and application.case not in journey.cases:
        return {"case": "Chọn trường hợp của bạn."}
    return {}


def _for(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    """For whom. Another choice begins with that person's or organisation's particulars."""
    application, wanted = journey.application, str(given.get("acting", ""))[:40]
    if wanted not in (*(one.key for one in journey.parties), "other"):
        return {"acting": "Chọn người bạn nộp hồ sơ cho."}
    if wanted != application.acting:
        application.acting = wanted
        application.party = prefill.party_for(journey, wanted)
        application.done = [step for step in application.done if step != steps.PARTY]
    return {}


def _party(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    """Who that is. What an account proves or an organisation is registered as is not typed in anew."""
    application = journey.application
    application.party = {**party_rules.read(given), **prefill.settled(journey, application.acting)}
    return party_rules.check(application.party, application.acting, journey.day)


def _fees(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    """What decides the fee. Raises NotFound where nothing does."""
    asked = journey.fee_questions
    if not asked.any:
        raise NotFound()
    journey.application.fees = fee_rules.read(given, asked)
    return fee_rules.check(journey.application.fees, asked)


def _papers(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    return {f"paper-{line.requirement.id}": line.problem for line in journey.papers if line.problem}


def _delivery(journey: Journey, given: Mapping[str, Any]) -> dict[str, str]:
    way, address = str(given.get("way", ""))[:8], nfc(str(given.get("address", "")))[:400]
    journey.application.delivery = {"way": way, "address": address}
    return party_rules.check_delivery(journey.application.delivery)


TAKERS: Mapping[str, Taker] = {
    steps.OFFICE: _office,
    steps.CASE: _case,
    steps.FOR: _for,
    steps.PARTY: _party,
    steps.FEES: _fees,
    steps.PAPERS: _papers,
    steps.DELIVERY: _delivery,
}
