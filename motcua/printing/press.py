"""The press: a layout and its data to PDF by typst. Knows neither Django nor forms, so it can run as its own process.

python -m motcua.printing.press LAYOUT < data.json > marks-and-form
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

import typst

_HERE = Path(__file__).resolve().parent
LAYOUTS = _HERE / "layouts"
FONTS = _HERE / "fonts"
# PDF/A-2a: kept for decades, with text that can be searched; PDF/UA-1: read aloud by a screen reader.
STANDARDS: list[Any] = ["a-2a", "ua-1"]
# typst keeps what it laid out for the next ten documents, some 170 KB a row of the register: long lists are printed
# by a process of their own, which gives its memory back.
ROWS_IN_PROCESS = 150
SECONDS_OF_CHILD = 300
# Of `a5-tighter` in lib.typ, in the order in which they are tried.
TIGHTNESSES = ("0", "1", "2")

_fonts: typst.Fonts | None = None
_idle: LifoQueue[typst.Compiler] = LifoQueue()
_owner: int | None = None  # the process whose threads typst started

Marks = list[dict[str, float]]


def press(layout: str, data: dict[str, Any], *, marks: bool = False) -> tuple[bytes, Marks]:
    """The PDF, and where signatures go if `marks` are asked for. The same data give the same bytes.

    Data travel as one JSON string, so that no sign in them can be taken for markup.
    """
    if len(data.get("rows", ())) > ROWS_IN_PROCESS or _owner not in (None, os.getpid()):
        return _in_child(layout, data, marks)
    return _in_process(layout, data, marks)


def _in_process(layout: str, data: dict[str, Any], marks: bool) -> tuple[bytes, Marks]:
    content = json.dumps(data, ensure_ascii=False)
    pdf: Any = b""
    with _compiler() as compiler:
        for tightness in (*TIGHTNESSES, TIGHTNESSES[0]):
            pdf = compiler.compile(
                input=LAYOUTS / f"{layout}.typ",
                format="pdf",
                sys_inputs={"data": content, "tightness": tightness},
                pdf_standards=STANDARDS,
                timestamp=_document_time(data),
            )
            assert isinstance(pdf, bytes)
            if _on_one_leaf(compiler):
                break
        return pdf, _told(compiler, "<signature-place>") if marks else []


def _on_one_leaf(compiler: typst.Compiler) -> bool:
    """Whether each copy of a slip that minds it (`fitting` of lib.typ) ended on the leaf on which it began."""
    ends = _told(compiler, "<copy-ends>")
    return bool(ends == list(range(1, len(ends) + 1)))


def _told(compiler: typst.Compiler, label: str) -> Any:
    """What the document just compiled says under a label."""
    return json.loads(compiler.query(label, field="value"))


def _in_child(layout: str, data: dict[str, Any], marks: bool) -> tuple[bytes, Marks]:
    """As `_in_process`, by a fresh process: for long lists, and after a fork, which typst's threads do not survive."""
    done = subprocess.run(  # noqa: S603 - our own module, the layout's name comes from the table of forms
        [sys.executable, "-m", "motcua.printing.press", layout, *(["marks"] if marks else [])],
        input=json.dumps(data, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
        timeout=SECONDS_OF_CHILD,
        cwd=_HERE.parent.parent,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    found, _, pdf = done.stdout.partition(b"\n")
    return pdf, json.loads(found)


def _document_time(data: dict[str, Any]) -> int:
    """The document's date as its file's date, else 1970: never the clock, a form printed twice is the same file."""
    day = data.get("date")
    return int(datetime.fromisoformat(day["iso"]).replace(tzinfo=UTC).timestamp()) if day else 0


@contextmanager
def _compiler() -> Iterator[typst.Compiler]:
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
    global _fonts, _owner
    _owner = os.getpid()
    if _fonts is None:
        _fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=LAYOUTS, font_paths=_fonts, ignore_system_fonts=True)


def main(layout: str, marks: bool) -> None:
    """Reads the data from standard input; writes the places of signatures as one line of JSON, then the PDF."""
    pdf, found = _in_process(layout, json.load(sys.stdin.buffer), marks)
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main(sys.argv[1], "marks" in sys.argv[2:])
