"""The data of an application form (tờ khai, đơn) filled in online and printed without retyping."""

from typing import Literal, NotRequired, TypedDict

from motcua.printing.rules.common import Form
from motcua.printing.rules.schema import Moment


class ApplicationItem(TypedDict):
    """One line of a section: a label and what was answered, a table of a repeated group, or a text of its own."""

    kind: Literal["row", "table", "text", "ticked"]
    label: str
    value: NotRequired[str]
    head: NotRequired[list[str]]
    cells: NotRequired[list[list[str]]]


class ApplicationSection(TypedDict):
    """A section of the form."""

    title: str
    items: list[ApplicationItem]


class ApplicationSignature(TypedDict):
    """Who signed by typing the name, and when."""

    title: str
    name: str
    at: NotRequired[Moment]


class Application(Form):
    """An application form, A4. `agency` is who receives it; an unsigned one leaves room to sign by hand."""

    addressed: NotRequired[str]  # "Ủy ban nhân dân xã Kim Sơn"; empty prints no "Kính gửi"
    sections: list[ApplicationSection]
    signatures: list[ApplicationSignature]


class StatutoryPart(TypedDict):
    """A part of a line: words of the form, what was answered, dots where nothing was, a box."""

    kind: Literal["text", "value", "blank", "ticked", "unticked"]
    text: str


class StatutoryLine(TypedDict):
    """A line of the form: heading (bold), line, inner (set in), prose (a paragraph), middle (of the page)."""

    kind: Literal["line", "heading", "inner", "prose", "middle"]
    parts: list[StatutoryPart]


class StatutoryApplication(Form):
    """An application form laid out as its legal document prints it (Mẫu số …), A4."""

    issued: NotRequired[str]  # under the number: "(Ban hành kèm theo Thông tư …)"
    subtitle: NotRequired[str]
    addressed: NotRequired[str]  # empty prints no "Kính gửi": a line may say it
    lines: list[StatutoryLine]
    after: NotRequired[list[StatutoryLine]]  # beneath the signatures
    place_words: NotRequired[str]  # before place and date: "Làm tại: "
    sign_note: NotRequired[str]  # "(Ký, ghi rõ họ, chữ đệm, tên)"
    signatures: list[ApplicationSignature]
    notes: NotRequired[list[str]]  # chú thích
    extra: NotRequired[list[ApplicationItem]]  # what was answered and has no line in the form
