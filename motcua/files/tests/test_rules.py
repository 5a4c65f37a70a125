"""Names, kinds and fates of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.files.rules import kinds
from motcua.files.rules.names import LIMIT, safe_name
from motcua.files.rules.policy import Unscanned, Verdict, fate_of


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Đơn xin.pdf", "Đơn xin.pdf"),
        ("Đơn.pdf".encode().decode("utf-8").replace("Đơn", "Đo\u031bn"), "Đơn.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\giấy.JPG", "giấy.JPG"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("hoa\u202efdp.exe", "hoafdp.exe"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("   ", "tep"),
        (".pdf", "pdf"),
        ("x" * 300, "x" * LIMIT),
        ("x" * 300 + ".pdf", "x" * (LIMIT - 4) + ".pdf"),
        ("   .  .pdf", "pdf"),
    ],
)
def test_a_name_is_made_harmless_and_stays_readable(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_no_name_leads_elsewhere_or_breaks_a_header(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= LIMIT
    assert not set(safe) & set('/\\\r\n\x00"')
    assert safe not in (".", "..")


CONTENT = kinds.Archive(frozenset({"[Content_Types].xml"}), 10)


@pytest.mark.parametrize(
    ("head", "archive", "kind"),
    [
        (b"%PDF-1.7", None, kinds.PDF),
        (b"junk\n%PDF-1.4", None, kinds.PDF),
        (b"\xff\xd8\xff\xe0", None, kinds.JPEG),
        (b"\x89PNG\r\n\x1a\n", None, kinds.PNG),
        (b"MZ\x90", None, None),
        (b"<html>", None, None),
        (b"PK", kinds.Archive(frozenset({"[Content_Types].xml", "word/document.xml"}), 1), kinds.DOCX),
        (b"PK", kinds.Archive(frozenset({"[Content_Types].xml", "xl/workbook.xml"}), 1), kinds.XLSX),
        (b"PK", kinds.Archive(frozenset({"mimetype"}), 1, kinds.ODT), kinds.ODT),
        (b"PK", kinds.Archive(frozenset({"mimetype"}), 1, kinds.ODS), kinds.ODS),
        (b"PK", CONTENT, None),
        (b"PK", kinds.Archive(frozenset({"a.exe"}), 1), None),
    ],
)
def test_a_kind_is_told_from_the_bytes(head, archive, kind):
    assert kinds.kind_of(head, archive) == kind


@pytest.mark.parametrize(
    ("name", "size", "kind", "archive", "said"),
    [
        ("a.pdf", 10, kinds.PDF, None, ""),
        ("a.JPEG", 10, kinds.JPEG, None, ""),
        ("a.pdf", 0, kinds.PDF, None, "rỗng"),
        ("a.pdf", 3 * 1024 * 1024, kinds.PDF, None, "lớn hơn 2 MB"),
        ("a.exe", 10, None, None, "không được nhận"),
        ("a.pdf", 10, kinds.JPEG, None, "không khớp"),
        ("pdf", 10, kinds.PDF, None, "không khớp"),
        ("a.docx", 10, kinds.DOCX, CONTENT, ""),
        ("a.docx", 10, kinds.DOCX, kinds.Archive(frozenset(), kinds.MAX_UNPACKED + 1), "giải nén"),
        ("a.docx", 10, kinds.DOCX, kinds.Archive(frozenset(map(str, range(2001))), 1), "giải nén"),
        ("a.docx", 10, kinds.DOCX, kinds.Archive(frozenset({"word/vbaProject.bin"}), 1), "macro"),
        ("a.odt", 10, kinds.ODT, kinds.Archive(frozenset({"Basic/script.xml"}), 1), "macro"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(name, size, kind, archive, said):
    message = kinds.problem(name, size, 2 * 1024 * 1024, kind, archive)
    assert (said in message) if said else message == ""


@pytest.mark.parametrize(
    ("verdict", "has_scanner", "unscanned", "state", "refused"),
    [
        ("clean", True, "quarantine", "safe", False),
        ("infected", True, "accept", "", True),
        ("silent", True, "quarantine", "pending", False),
        ("silent", False, "quarantine", "quarantine", False),
        ("silent", False, "refuse", "", True),
        ("silent", True, "refuse", "", True),
        ("silent", False, "accept", "unscanned", False),
    ],
)
def test_a_file_no_scanner_has_passed_is_never_called_safe(verdict, has_scanner, unscanned, state, refused):
    fate = fate_of(Verdict(verdict), has_scanner=has_scanner, unscanned=Unscanned(unscanned))
    assert (fate.state, bool(fate.refusal)) == (state, refused)
