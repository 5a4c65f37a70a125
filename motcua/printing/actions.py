"""Forms to PDF: `render(template, data)`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.core.moments import VIETNAM
from motcua.printing import qr
from motcua.printing.press import press
from motcua.printing.rules import words
from motcua.printing.rules.forms import FORMS
from motcua.printing.rules.schema import FormDataError, read_form


@dataclass(frozen=True)
class Place:
    """Where the mark of a digital signature goes: page from 1, millimetres from its left and upper edge."""

    page: int
    x: float  # middle of the mark
    y: float  # its upper edge
    width: float
    height: float
    points: float  # size of its letters


def render(template: str, data: dict[str, Any]) -> bytes:
    """The form `template` with `data` as a tagged PDF/A-2a. The same data give the same bytes.

    Raises FormDataError when there is no such form or the data do not fit its schema (`rules.forms`).
    """
    return press(template, prepared(template, data))[0]


def render_to_sign(template: str, data: dict[str, Any]) -> tuple[bytes, Place | None]:
    """The form as `render`, and where its digital signature goes; None when the form has no signature of an agency."""
    pdf, found = press(template, prepared(template, data), marks=True)
    return pdf, Place(**found[-1]) if found else None  # type: ignore[arg-type]  # as the layout tells it


def render_mark(place: Place, *, signer: str, agency: str, at: datetime, test: str = "") -> bytes:
    """The visible mark of a digital signature as a page of its own size. `at` is aware; `test` marks a trial key."""
    mark = {
        "signer": words.printable(signer),
        "agency": words.printable(agency),
        "at": words.signing_time(at.astimezone(VIETNAM)),
        "test": test,
        "width": place.width,
        "height": place.height,
        "points": place.points,
    }
    return press("signature_mark", mark)[0]


def prepared(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """`data` read by the form's schema, with its QR and bar codes drawn and its rows counted."""
    if template not in FORMS:
        raise FormDataError(f"không có mẫu {template!r}")
    form = read_form(template, FORMS[template], data)
    form["qr"] = qr.print_svg(form["verify_url"]) if form["verify_url"] else ""
    form["bars"] = qr.print_barcode(form["code"]) if form["barcode"] and form["code"] else ""
    if "rows" in form:
        form["total"] = words.tally(len(form["rows"]))
    for item in form.get("items", []) + form.get("procedures", []):
        if item.get("url"):
            item["qr"] = qr.print_svg(item["url"])
    return form
