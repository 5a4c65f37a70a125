"""Data of the copy of an application as it was sent online."""

from typing import NotRequired, TypedDict

from motcua.printing.rules.common import Form, Matter
from motcua.printing.rules.schema import Moment


class FiledRow(TypedDict):
    """One question with its answer, as the person read it before sending."""

    label: str
    value: NotRequired[str]


class FiledSection(TypedDict):
    """Some questions under a heading."""

    title: str
    rows: list[FiledRow]


class FiledApplication(Form, Matter):
    """Bản sao hồ sơ nộp trực tuyến, A4: what was sent, when, by when the office answers (NĐ 61/2018/NĐ-CP, Điều 17)."""

    temporary_number: str
    office: str
    submitted_at: Moment
    answer_by: NotRequired[Moment]
    sections: list[FiledSection]
    note: NotRequired[str]
