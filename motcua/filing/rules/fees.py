"""What decides the fee of one filing, as the person answers it: how many copies and pages, whether an exemption is claimed.

Asked only where it changes the amount (Luật Phí và lệ phí 2015, Điều 10: who pays nothing or less).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.core.text import nfc
from motcua.dossiers.rules.intake import Requirement
from motcua.procedures.rules.fees import MAX_QUANTITY, Bill, Exemption, FeeLine, Quantities, compute, counted
from motcua.procedures.rules.fees import exemptions as exemptions_of

PROOF = 0  # stands for the id of the paper that proves an exemption: the procedure lists no such paper
PROOF_SLOT = f"paper/{PROOF}"


@dataclass(frozen=True)
class Questions:
    """What is asked: the numbers that count, the exemptions that the schedule knows."""

    counted: tuple[str, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.counted or self.exemptions)


def questions_of(lines: Iterable[FeeLine]) -> Questions:
    """What must be asked for lines that hold; nothing where nothing is charged."""
    charged = [line for line in lines if line.amount_dong or line.tiers]
    return Questions(counted(charged), exemptions_of(charged))


def read(given: Mapping[str, Any], asked: Questions) -> dict[str, str]:
    """The answers as text, right or wrong: nothing typed in is lost."""
    kept = {name: nfc(str(given.get(name, "")).strip())[:12] for name in asked.counted}
    return kept | {"exemption": nfc(str(given.get("exemption", "")))[:200]}


def check(kept: Mapping[str, Any], asked: Questions) -> dict[str, str]:
    """What must be put right before sending: field -> sentence."""
    found = {name: said for name in asked.counted if (said := _wrong(name, str(kept.get(name, ""))))}
    if kept.get("exemption") and claimed(kept, asked) is None:
        found["exemption"] = "Thủ tục này không miễn, giảm cho đối tượng đã chọn. Chọn lại."
    return found


def _wrong(name: str, text: str) -> str:
    if not text:
        return "Nhập số bản bạn cần." if name == "copies" else "Nhập số trang của mỗi bản."
    if _number(text) is None:
        return f"Nhập một số từ 1 đến {MAX_QUANTITY}, ví dụ 2."
    return ""


def _number(text: str) -> int | None:
    whole = text.isascii() and text.isdigit()
    return int(text) if whole and 1 <= int(text) <= MAX_QUANTITY else None


def quantities(kept: Mapping[str, Any], asked: Questions) -> dict[str, int]:
    """The numbers that count and are answered."""
    found = {name: _number(str(kept.get(name, ""))) for name in asked.counted}
    return {name: number for name, number in found.items() if number is not None}


def claimed(kept: Mapping[str, Any], asked: Questions) -> Exemption | None:
    """The exemption that the person claims, when the schedule knows it."""
    return next((one for one in asked.exemptions if one.reason == kept.get("exemption")), None)


def bill_of(lines: Iterable[FeeLine], kept: Mapping[str, Any], asked: Questions) -> Bill:
    """What the answers come to; a number that is not answered counts as one."""
    one = claimed(kept, asked)
    return compute(lines, Quantities(**quantities(kept, asked)), exemption_reason=one.reason if one else "")


def proof_of(one: Exemption) -> Requirement:
    """The paper that proves an exemption: needed where the schedule names it, else handed in if there is one."""
    name = one.proof or f"Giấy tờ chứng minh được miễn, giảm: {one.reason}"
    return Requirement(PROOF, name, required=bool(one.proof))
