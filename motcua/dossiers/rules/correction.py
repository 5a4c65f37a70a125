"""What a citizen is asked to correct, item by item, and whether an answer has all of it (NĐ 61/2018/NĐ-CP, Điều 17, 19).

An item is a dictionary, as a supplement request keeps it: "name", and as far as they apply "field" (the path of an answer,
"section.key"; `FEES` for what decides the fee), "paper" (the paper of the dossier that is to be replaced), "reason_code", "text" (the plain sentence).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules.intake import PaperData

Item = Mapping[str, Any]
FEES = "fees"  # as the path of an item: what decides the fee is to be stated anew
LONGEST = 400


def fields_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The paths of the answers asked for, in order, each once."""
    found = (str(i["field"]) for i in items if i.get("field"))
    return tuple(dict.fromkeys(path for path in found if path != FEES))


def asks_fees(items: Iterable[Item]) -> bool:
    """Whether what decides the fee is to be stated anew."""
    return any(i.get("field") == FEES for i in items)


def papers_of(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that are answered by a paper."""
    return tuple(i for i in items if not i.get("field"))


def require_pointed(items: Sequence[Item], fields: Collection[str], papers: Collection[int]) -> None:
    """Raise RuleViolation when an item points at an answer or a paper that the dossier does not have, or says too much."""
    for item in items:
        name = item.get("name", "")
        if item.get("field") and item["field"] not in fields:
            raise RuleViolation(
                f"“{name}” không có trong tờ khai của hồ sơ. Tải lại trang rồi chọn lại.", field="items"
            )
        if item.get("paper") and item["paper"] not in papers:
            raise RuleViolation(
                f"“{name}” không phải giấy tờ của hồ sơ này. Tải lại trang rồi chọn lại.", field="items"
            )
        if len(str(item.get("text", ""))) > LONGEST:
            raise RuleViolation(
                f"Hướng dẫn cho “{name}” dài quá {LONGEST} chữ. Viết ngắn lại.", field="items"
            )


def reason_from(items: Iterable[object], reason: str) -> str:
    """What the slip gives as the reason: what was written, else the sentences of the items; some items are mere names."""
    pointed = [item for item in items if isinstance(item, Mapping) and str(item.get("text", "")).strip()]
    said = "; ".join(f"{item.get('name', '')}: {item['text']}" for item in pointed)
    return (reason.strip() or said)[:1000]


def answers_paper(item: Item, paper: PaperData) -> bool:
    """Whether a paper answers an item: it takes the place of the one pointed at, or has its name."""
    if item.get("paper"):
        return bool(paper.replaces_id == item["paper"])
    return paper.replaces_id is None and paper.name == item.get("name")


def require_answered(items: Sequence[Item], answered: Collection[str], papers: Sequence[PaperData]) -> None:
    """Raise RuleViolation that lists what was asked for and is not in the answer: the clock starts anew only with all of it."""
    gaps = [i.get("name", "") for i in items if i.get("field") and i["field"] not in answered]
    gaps += [
        i.get("name", "")
        for i in papers_of(items)
        if not any(answers_paper(i, p) and p.is_there for p in papers)
    ]
    if gaps:
        raise RuleViolation(f"Còn thiếu: {'; '.join(gaps)}. Bổ sung đủ rồi gửi một lần.", field="items")


def top(path: str) -> str:
    """The field of a path as a correction names it: "section.group" for "section.group.0.name"."""
    return ".".join(path.split(".")[:2])


def merged(
    before: Mapping[str, Mapping[str, Any]], given: Mapping[str, Mapping[str, Any]], fields: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The answers, by section, with only those replaced that `fields` name; whatever else was sent is left out."""
    result = {key: dict(values) for key, values in before.items()}
    for path in fields:
        section, _, key = path.partition(".")
        if key in given.get(section, {}):
            result.setdefault(section, {})[key] = given[section][key]
    return result
