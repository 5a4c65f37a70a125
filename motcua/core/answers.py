"""Answers that are files made for one person."""

from django.http import HttpResponse

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def file_answer(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """A file to keep, which no cache keeps."""
    return _answer(content, f'attachment; filename="{name}"', content_type)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser, which no cache keeps: paper with people's names on it. `name` without ".pdf"."""
    return _answer(content, f'inline; filename="{name}.pdf"', PDF)


def _answer(content: bytes | str, disposition: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
