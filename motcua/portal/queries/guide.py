"""A guide as people go through it: one question a page, then what they need, or why it stops."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.core.errors import NotFound
from motcua.portal.queries import words
from motcua.portal.queries.catalogue import Sheet, sheet
from motcua.procedures.models import Guide
from motcua.procedures.queries.fees import fee_lines
from motcua.procedures.queries.guides import guide_in_use, tree_of
from motcua.procedures.rules.fees import compute, reasons
from motcua.procedures.rules.guides import Outcome, Way, outcome, read_state, state, walk


@dataclass(frozen=True)
class GuidePage:
    """Where somebody stands in a guide. `state` is what the address carries."""

    sheet: Sheet
    guide: Guide
    way: Way
    renewed: bool = False

    @property
    def state(self) -> str:
        """The answers given so far."""
        return state(self.guide.number, self.way.places)

    @property
    def steps(self) -> list[tuple[Any, str]]:
        """Each answer given, with the address that asks its question again."""
        places = self.way.places
        return [(one, state(self.guide.number, places[:n])) for n, one in enumerate(self.way.chosen)]

    @property
    def back(self) -> str:
        """The address of the question before; empty at the first."""
        return state(self.guide.number, self.way.places[:-1]) if self.way.chosen else ""


def guide_page(code: str, given: str, choice: str, day: date) -> GuidePage:
    """The page for the answers in an address and perhaps one more. Raises NotFound without a guide in use.

    Answers given to an earlier guide are not taken for answers to this one: it begins anew and says so.
    """
    found = sheet(code, day)
    guide = guide_in_use(found.version.procedure)
    if guide is None:
        raise NotFound("Thủ tục này chưa có hướng dẫn từng câu hỏi.")
    number, places = read_state(given)
    renewed = bool(number) and number != guide.number
    if renewed:
        places = ()
    if choice.isascii() and choice.isdigit() and len(choice) < 3:
        places = (*places, int(choice))
    return GuidePage(found, guide, walk(tree_of(guide, english=words.is_english()), places), renewed)


@dataclass(frozen=True)
class Decided:
    """What the answers come to: the case, its papers, its ways of handing in with limit and fee."""

    outcome: Outcome
    papers: list[Any]
    channels: list[dict[str, Any]]
    bills: list[dict[str, Any]]


def decided(page: GuidePage, day: date) -> Decided:
    """The papers, limits and fees for the answers given. Up to three statements for each way of handing in."""
    said = outcome(page.way)
    groups = {case["name"]: case["papers"] for case in page.sheet.cases}
    wanted = [*groups.get("", []), *(groups.get(said.case.strip("*: "), []) if said.case else [])]
    papers = [paper for paper in wanted if paper.name not in said.drops]
    own = [row for row in page.sheet.channels if row["case"] == said.case]
    rows = own if said.case and own else [row for row in page.sheet.channels if not row["case"]]
    bills = [_bill(page, rule, said, day) for rule in page.sheet.version.channels.all()]
    return Decided(said, papers, rows or page.sheet.channels, bills)


def _bill(page: GuidePage, rule: Any, said: Outcome, day: date) -> dict[str, Any]:
    """What one case costs through one channel, by the rules that the counter uses."""
    lines = fee_lines(page.sheet.version.procedure, rule.channel, None, day)
    reason = said.exemption if said.exemption in reasons(lines) else ""
    bill = compute(lines, exemption_reason=reason)
    return {
        "label": rule.get_channel_display(),
        "total": words.amount(bill.total_dong),
        "free": bill.total_dong == 0,
        "counted": any(due.line.per != "case" for due in bill.dues),
        "exempt": bool(reason),
    }
