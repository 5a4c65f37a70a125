"""Forms to PDF: `render(template, data)`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

import typst

from motcua.core.moments import VIETNAM
from motcua.printing import qr
from motcua.printing.rules import words
from motcua.printing.rules.forms import FORMS
from motcua.printing.rules.schema import FormDataError, read_form

_HERE = Path(__file__).resolve().parent
LAYOUTS = _HERE / "layouts"
FONTS = _HERE / "fonts"
# PDF/A-2a: kept for decades, with text that can be searched; PDF/UA-1: read aloud by a screen reader.
STANDARDS: list[Any] = ["a-2a", "ua-1"]

_fonts: typst.Fonts | None = None
_idle: LifoQueue[typst.Compiler] = LifoQueue()


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
    with _borrowed() as compiler:
        return _compiled(compiler, template, prepared(template, data))


def render_to_sign(template: str, data: dict[str, Any]) -> tuple[bytes, Place | None]:
    """The form as `render`, and where its digital signature goes; None when the form has no signature of an agency."""
    with _borrowed() as compiler:
        pdf = _compiled(compiler, template, prepared(template, data))
        found = json.loads(compiler.query("<signature-place>", field="value"))
    return pdf, Place(**found[-1]) if found else None


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
    with _borrowed() as compiler:
        return _compiled(compiler, "signature_mark", mark)


def _compiled(compiler: typst.Compiler, layout: str, data: dict[str, Any]) -> bytes:
    """The PDF. Data travel as one JSON string, so that no sign in them can be taken for markup."""
    pdf = compiler.compile(
        input=LAYOUTS / f"{layout}.typ",
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=_document_time(data),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _document_time(data: dict[str, Any]) -> int:
    """The document's date as its file's date, else 1970: never the clock, a form printed twice is the same file."""
    day = data.get("date")
    return int(datetime.fromisoformat(day["iso"]).replace(tzinfo=UTC).timestamp()) if day else 0


def prepared(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """`data` read by the form's schema, with its QR and bar codes drawn."""
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


@contextmanager
def _borrowed() -> Iterator[typst.Compiler]:
    """A warm compiler that no other thread is using meanwhile: one refuses to be shared while it works."""
    try:
        compiler = _idle.get_nowait()
    except Empty:
        compiler = _new_compiler()
    try:
        yield compiler
    finally:
        _idle.put(compiler)


def _new_compiler() -> typst.Compiler:
    """A compiler that knows only the vendored fonts and may read only the layouts."""
    global _fonts
    if _fonts is None:
        _fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=LAYOUTS, font_paths=_fonts, ignore_system_fonts=True)
