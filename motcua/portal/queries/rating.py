"""The topics of a rating as a page shows them, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.surveys.models import Topic
from motcua.surveys.queries.ratings import topics_on
from motcua.surveys.rules.ratings import Kind

_Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class Asked:
    """One topic: `choices` are value, label, whether chosen; `reasons` code, text, whether ticked; `fault` what is wrong."""

    code: str
    text: str
    is_scale: bool
    choices: tuple[_Choice, ...]
    reasons: tuple[_Choice, ...]
    fault: str = ""


def scale_labels() -> dict[str, str]:
    """The five faces, the best first."""
    return {
        "5": _("Rất hài lòng"), "4": _("Hài lòng"), "3": _("Bình thường"), "2": _("Không hài lòng"), "1": _("Rất không hài lòng"),
    }  # fmt: skip


def asked_on(
    day: date, marks: Mapping[str, Any], ticked: list[str], faults: Mapping[str, str]
) -> list[Asked]:
    """The topics of a day with what the person has chosen so far."""
    english = get_language() == "en"
    return [_asked(topic, marks, ticked, faults, english=english) for topic in topics_on(day)]


def _asked(
    topic: Topic, marks: Mapping[str, Any], ticked: list[str], faults: Mapping[str, str], *, english: bool
) -> Asked:
    labels = {
        Kind.SCALE: scale_labels(),
        Kind.COUNT: {"0": _("Không lần nào"), "1": _("1 lần"), "2": _("2 lần trở lên")},
        Kind.YES_NO: {"0": _("Không"), "1": _("Có")},
    }[Kind(topic.kind)]
    chosen = str(marks.get(topic.code, ""))
    reasons = tuple(
        (one["code"], (one.get("text_en") or one["text"]) if english else one["text"], one["code"] in ticked)
        for one in topic.reasons
    )
    return Asked(
        topic.code, (topic.text_en or topic.text) if english else topic.text, topic.kind == Kind.SCALE,
        tuple((value, label, value == chosen) for value, label in labels.items()), reasons, faults.get(topic.code, ""),
    )  # fmt: skip
