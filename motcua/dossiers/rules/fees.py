"""By what a fee is charged at acceptance: as the person stated it, or as the clerk corrects it and says why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.core.errors import RuleViolation
from motcua.core.text import nfc

LONGEST = 200  # goes into an SMS with a link
NUMBERS = {"copies": "Số bản", "pages": "Số trang mỗi bản"}  # named as in `procedures.rules.fees.Quantities`
LABELS = NUMBERS | {"exemption": "Miễn, giảm"}  # wherever it is asked for, shown or printed


@dataclass(frozen=True)
class Settled:
    """What is charged by. `refusal`: why an exemption that was claimed is not given; empty when it is, or none was claimed."""

    quantities: Mapping[str, int] = field(default_factory=dict)
    exemption: str = ""
    refusal: str = ""


def settle(
    claimed: Settled, quantities: Mapping[str, int] | None, exemption: str | None, refusal: str
) -> Settled:
    """What holds of a claim. None leaves it as it was claimed; another exemption than the one claimed, or none, takes a reason.

    Raises RuleViolation without it: the person reads it in the message of acceptance.
    """
    numbers = {**claimed.quantities, **(quantities or {})}
    reason = claimed.exemption if exemption is None else exemption.strip()
    if not claimed.exemption or reason == claimed.exemption:
        return Settled(numbers, reason)
    why = nfc(" ".join(refusal.split()))[:LONGEST]
    if not why:
        raise RuleViolation(
            f"Người nộp đề nghị miễn, giảm vì “{claimed.exemption}”. Không chấp nhận thì ghi lý do để báo cho người nộp.",
            field="exemption_refusal",
        )
    return Settled(numbers, reason, why)


def why_changed(claimed: Settled, settled: Settled) -> str:
    """Why the amount at acceptance is another than the one at submission; into an SMS, so it is short."""
    if settled.refusal:
        return f"không miễn, giảm: {settled.refusal}"
    if settled.exemption != claimed.exemption:
        return f"được miễn, giảm vì {settled.exemption}"
    if dict(settled.quantities) != dict(claimed.quantities):
        return f"tính theo {numbers_said(settled.quantities)}"
    return "theo biểu mức thu khi tiếp nhận"


def numbers_said(quantities: Mapping[str, int]) -> str:
    """The numbers in words: "10 bản, mỗi bản 3 trang"; empty for none."""
    words = {"copies": "{} bản", "pages": "mỗi bản {} trang"}
    return ", ".join(said.format(quantities[name]) for name, said in words.items() if name in quantities)


def numbers_counted(given: Mapping[str, int], counted: tuple[str, ...]) -> dict[str, int]:
    """Those of the numbers given that the amount depends on."""
    return {name: int(given[name]) for name in counted if name in given}
