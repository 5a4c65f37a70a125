"""A copy of everything held about one person as one ZIP: for programs (JSON, CSV) and for reading (HTML)."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string

from motcua.core.moments import to_local
from motcua.core.text import harmless
from motcua.privacy.queries import Section


def packed(sections: Sequence[Section], at: datetime) -> bytes:
    """The ZIP: du-lieu.json, doc.html, and one CSV for each class that holds something."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("du-lieu.json", json.dumps(_plain(sections, at), ensure_ascii=False, indent=1))
        box.writestr("doc.html", render_to_string("privacy/copy.html", {"sections": sections, "at": at}))
        for one in sections:
            if one.rows:
                box.writestr(f"{one.code}.csv", _csv(one))
    return buffer.getvalue()


def _plain(sections: Sequence[Section], at: datetime) -> dict[str, object]:
    made = f"{to_local(at):%Y-%m-%dT%H:%M:%S}+07:00"
    classes = [
        {
            "code": one.code,
            "label": str(one.label),
            "cut": one.is_cut,
            "rows": [dict(zip(map(str, one.columns), row, strict=True)) for row in one.rows],
        }
        for one in sections
    ]
    return {"made": made, "classes": classes}


def _csv(section: Section) -> str:
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow([harmless(str(name)) for name in section.columns])
    writer.writerows([harmless(cell) for cell in row] for row in section.rows)
    return buffer.getvalue()


def zipped(sections: Sequence[Section], name: str, at: datetime) -> HttpResponse:
    """The ZIP as a download that no cache keeps."""
    answer = HttpResponse(packed(sections, at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
