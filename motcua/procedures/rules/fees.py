"""What a citizen pays: phí and lệ phí by channel, area and date, per case, copy or page, in tiers, capped, exempted.

Luật Phí và lệ phí 2015 (phí and lệ phí are different things; the provincial council sets local ones, so every
amount has a basis, an area and dates). The worked example is 2.000815, certification of copies, Thông tư
226/2016/TT-BTC: the first two pages 2.000 đ each, from the third 1.000 đ, at most 200.000 đ a copy.
Amounts are whole đồng.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.core.errors import RuleViolation

MAX_QUANTITY = 100_000
MAX_DONG = 10**13


class Per(StrEnum):
    """What an amount is multiplied by."""

    CASE = "case"
    COPY = "copy"
    PAGE = "page"


PER_WORDS = {Per.CASE: "trường hợp", Per.COPY: "bản", Per.PAGE: "trang"}


@dataclass(frozen=True)
class Tier:
    """`pages` pages at `dong` each; None for all that follow."""

    pages: int | None
    dong: int


@dataclass(frozen=True)
class Exemption:
    """Who pays `percent_off` per cent less; 100 means nothing. `proof`: the paper that shows it, empty when none is named."""

    reason: str
    percent_off: int = 100
    legal_basis: str = ""
    proof: str = ""


@dataclass(frozen=True)
class FeeLine:
    """One line of a schedule. `area_id` names the agency whose area it is for (None: everywhere), `channel` empty every
    channel. In force from `valid_from` to `valid_to`, both inclusive.
    """

    id: int
    kind: str
    name: str
    amount_dong: int
    per: Per = Per.CASE
    channel: str = ""
    area_id: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap_dong: int | None = None
    legal_basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True)
class Quantities:
    """What the clerk counts: cases, copies asked for, pages of the original. Raises RuleViolation out of 0-100.000."""

    cases: int = 1
    copies: int = 1
    pages: int = 1

    def __post_init__(self) -> None:
        for name, value in (("trường hợp", self.cases), ("bản", self.copies), ("trang", self.pages)):
            if not 0 <= value <= MAX_QUANTITY:
                raise RuleViolation(f"Số {name} phải từ 0 đến {MAX_QUANTITY}. Kiểm tra lại số đã nhập.")


@dataclass(frozen=True)
class Due:
    """One amount due with the words that explain it. `before_dong` is the amount before exemption, `reckoning` how it comes about."""

    line: FeeLine
    dong: int
    before_dong: int
    explanation: str
    exemption: Exemption | None = None
    reckoning: str = ""


@dataclass(frozen=True)
class Bill:
    """All amounts due for one dossier."""

    dues: tuple[Due, ...] = ()

    @property
    def total_dong(self) -> int:
        """The sum to pay, in đồng."""
        return sum(due.dong for due in self.dues)

    def as_text(self) -> str:
        """The bill line by line, in Vietnamese."""
        lines = [f"{due.line.name}: {due.explanation}" for due in self.dues]
        return "\n".join([*lines, f"Tổng cộng: {thousands(self.total_dong)} đồng"])


def tiers_of(stored: object) -> tuple[Tier, ...]:
    """Tiers as stored, [[2, 2000], [null, 1000]]; only the last may be without end. Raises RuleViolation."""
    if not stored:
        return ()
    if not isinstance(stored, list | tuple):
        raise _bad_tiers()
    tiers = tuple(_tier(entry) for entry in stored)
    if any(tier.pages is None for tier in tiers[:-1]) or tiers[-1].pages is not None:
        raise _bad_tiers()
    return tiers


def _tier(entry: object) -> Tier:
    if not isinstance(entry, list | tuple) or len(entry) != 2:
        raise _bad_tiers()
    pages, dong = entry
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (0 if pages is None else pages, dong))
    if not whole or (pages is not None and pages < 1) or not 0 <= dong <= MAX_DONG:
        raise _bad_tiers()
    return Tier(pages, dong)


def _bad_tiers() -> RuleViolation:
    return RuleViolation(
        "Bậc thu theo trang không đúng. Mỗi bậc gồm số trang và mức thu; bậc cuối để trống số trang (các trang còn lại).",
        field="tiers",
    )


def applicable(
    lines: Iterable[FeeLine], *, channel: str, area_ids: tuple[int, ...], on: date
) -> tuple[FeeLine, ...]:
    """The lines that hold for a channel, an area and a day.

    `area_ids` runs from the agency itself up to the root. Of lines with the same name the one for the nearest area
    wins, then the one made for the channel, then the latest.
    """
    best: dict[str, tuple[tuple[int, int, date, int], FeeLine]] = {}
    for line in lines:
        if not _holds(line, channel, area_ids, on):
            continue
        nearness = len(area_ids) - area_ids.index(line.area_id) if line.area_id is not None else 0
        rank = (nearness, int(bool(line.channel)), line.valid_from or date.min, line.id)
        if line.name not in best or rank > best[line.name][0]:
            best[line.name] = (rank, line)
    return tuple(line for _, line in best.values())


def _holds(line: FeeLine, channel: str, area_ids: tuple[int, ...], on: date) -> bool:
    return (
        line.channel in ("", channel)
        and (line.area_id is None or line.area_id in area_ids)
        and (line.valid_from or date.min) <= on <= (line.valid_to or date.max)
    )


def compute(
    lines: Iterable[FeeLine], quantities: Quantities = Quantities(), *, exemption_reason: str = ""
) -> Bill:
    """The bill for lines that already hold (see `applicable`).

    `exemption_reason` takes effect on the lines that name it. Raises RuleViolation when no line does.
    """
    dues = tuple(_due(line, quantities, exemption_reason) for line in lines)
    if exemption_reason and dues and not any(due.exemption for due in dues):
        raise RuleViolation(
            f"“{exemption_reason}” không thuộc đối tượng miễn, giảm của thủ tục này. Chọn đối tượng trong danh sách.",
            field="exemption_reason",
        )
    return Bill(dues)


def reasons(lines: Iterable[FeeLine]) -> tuple[str, ...]:
    """Every reason for exemption that the lines know, in their order, each once."""
    return tuple(dict.fromkeys(e.reason for line in lines for e in line.exemptions))


def exemptions(lines: Iterable[FeeLine]) -> tuple[Exemption, ...]:
    """Every exemption that the lines know, in their order, the first one of each reason."""
    found: dict[str, Exemption] = {}
    for line in lines:
        for one in line.exemptions:
            found.setdefault(one.reason, one)
    return tuple(found.values())


def counted(lines: Iterable[FeeLine]) -> tuple[str, ...]:
    """Which numbers the amount depends on, by their names in `Quantities`: copies, pages, both or none. One dossier is one case."""
    per = {line.per for line in lines if line.amount_dong or line.tiers}
    if Per.PAGE in per:
        return "copies", "pages"
    return ("copies",) if Per.COPY in per else ()


def _due(line: FeeLine, quantities: Quantities, reason: str) -> Due:
    before, words = _PER[line.per](line, quantities)
    exemption = next((e for e in line.exemptions if reason and e.reason == reason), None)
    if exemption is None:
        return Due(line, before, before, words, None, words)
    # Rounded down: a share of a đồng is never collected.
    dong = before * (100 - exemption.percent_off) // 100
    kind = "miễn" if exemption.percent_off == 100 else f"giảm {exemption.percent_off} %"
    said = f"{words}; {kind} ({exemption.reason}) còn {thousands(dong)} đồng"
    return Due(line, dong, before, said, exemption, words)


def _per_case(line: FeeLine, quantities: Quantities) -> tuple[int, str]:
    return _times(line, quantities.cases, "trường hợp")


def _per_copy(line: FeeLine, quantities: Quantities) -> tuple[int, str]:
    return _times(line, quantities.copies, "bản")


def _times(line: FeeLine, count: int, word: str) -> tuple[int, str]:
    each = _capped(line, line.amount_dong)
    total = each * count
    return total, f"{count} {word} × {thousands(each)} = {thousands(total)} đồng"


def _per_page(line: FeeLine, quantities: Quantities) -> tuple[int, str]:
    """Each copy costs the tiers over its pages, at most the cap; then times the copies."""
    whole, words = _over_tiers(line, quantities.pages)
    each = _capped(line, whole)
    cap = f", tối đa {thousands(each)}" if each < whole else ""
    total = each * quantities.copies
    return (
        total,
        f"{words} = {thousands(whole)}{cap} đồng/bản × {quantities.copies} bản = {thousands(total)} đồng",
    )


def _over_tiers(line: FeeLine, pages: int) -> tuple[int, str]:
    left, sum_dong = pages, 0
    parts: list[str] = []
    for tier in line.tiers or (Tier(None, line.amount_dong),):
        count = left if tier.pages is None else min(left, tier.pages)
        parts.append(f"{count} trang × {thousands(tier.dong)}")
        sum_dong += count * tier.dong
        left -= count
        if not left:
            break
    return sum_dong, " + ".join(parts)


def _capped(line: FeeLine, dong: int) -> int:
    return dong if line.cap_dong is None else min(dong, line.cap_dong)


_PER = {Per.CASE: _per_case, Per.COPY: _per_copy, Per.PAGE: _per_page}


def thousands(dong: int) -> str:
    """An amount with dots: 1.000.000."""
    return f"{dong:,}".replace(",", ".")
