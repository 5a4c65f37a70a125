"""What an attacker types, and where: values of every kind that breaks programs, every page that takes a question, who asks it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

SCRIPT = "<script>alert(1)</script>"
# One value of each kind of breakage; those that break the same thing stand together in one.
HOSTILE = {
    "long": "a" * 5000,
    "nul": "a\x00b",
    "huge": "9" * 40,
    "beyond 64 bits": str(2**63),
    "negative": "-1",
    "unicode digits": "٣٤٥",
    "digits that are no numbers": "²①",
    "markup, statements, patterns": f"' OR 1=1; DROP TABLE dossiers_dossier; -- %_%\\ \u202e{{{{ settings.SECRET_KEY }}}}{SCRIPT}",
    "lone surrogate": "\ud800",
    "nan": "NaN",
    "infinity": "1e999",
    "date": "9999-99-99",
    "year zero": "0000-00-00",
    "newline": "a\r\nSet-Cookie: x=1",
    "list": "[]",
    "address": "http://[../..//a/?b#c",
}
PAGES = ("after", "before")
QUESTIONS = [
    ("anonymous", "portal:catalogue", ("q", "linh-vuc", "co-quan", "loc", "cap", "trang", "su-kien", "doi-tuong", *PAGES)),
    ("anonymous", "portal:procedure", ("in", "truong-hop")),
    ("anonymous", "portal:guide", ("d", "c")),
    ("anonymous", "portal:offices", ("thu-tuc", "vi-tri", "xa")),
    ("anonymous", "portal:search", ("q",)),
    ("anonymous", "portal:news", ("q", "loai", "cchc", "trang")),
    ("anonymous", "portal:boards", ("q",)),
    ("anonymous", "portal:board", ("q", "trang")),
    ("anonymous", "portal:track", ("ma", "code")),
    ("anonymous", "portal:verify", ("ma", "token")),
    ("anonymous", "portal:feedback_list", ("q", "co-quan", "noi-dung", "trang")),
    ("anonymous", "portal:feedback_start", ("kenh", "thu-tuc", "ho-so", "co-quan")),
    ("anonymous", "portal:feedback_track", ("ma", "code")),
    ("anonymous", "portal:rate_start", ("ma",)),
    ("anonymous", "portal:sign_in", ("next",)),
    ("anonymous", "portal:pay", ("xem", "khoan")),
    ("anonymous", "eforms:units", ("bo", "trong", "nguoi_khai.cu_tru.province")),
    (
        "anonymous",
        "api:requests",
        ("start_date", "end_date", "service_code", "status", "service_request_id", "page", "page_size", "api_key", "jurisdiction_id"),
    ),
    ("anonymous", "statistics:opendata", ("trang", "q")),
    ("anonymous", "account_login", ("next",)),
    ("citizen", "portal:mine", PAGES),
    ("citizen", "portal:held", ("q", *PAGES)),
    ("citizen", "portal:acting", ("next", "party")),
    ("clerk", "counter:receive", ("q", "thu-tuc", "cung-nguoi", "case-number", "limit_case")),
    ("clerk", "counter:procedures", ("q",)),
    ("clerk", "counter:waiting", ("muc", *PAGES)),
    ("clerk", "counter:register", ("nam", "quay", *PAGES)),
    ("returner", "counter:return_desk", ("ma", *PAGES)),
    ("officer", "dossiers:inbox", ("tab", "text", "procedure", "field", "agency", "stage", *PAGES)),
    ("officer", "dossiers:search", ("q", *PAGES)),
    ("officer", "dossiers:saved_filters", ("text", "procedure")),
    ("officer", "holdings:results", ("q", "code", "number", "state", *PAGES)),
    ("cashier", "payments:register", ("q", "first_day", "last_day", "after", "xem")),
    ("cashier", "payments:collect", ("charge", "reference", "q")),
    ("head", "payments:orders", ("xem", "q", "state", "day", *PAGES)),
    ("head", "payments:statements", ("q", "xem", *PAGES)),
    ("head", "payments:reconciliation", ("agency", "day", "first_day", "last_day")),
    ("head", "payments:transfers", ("xem", "q", *PAGES)),
    ("head", "feedback:register", ("xem", "q", "loai", "kenh", *PAGES)),
    ("head", "feedback:export", ("xem", "q", "loai", "kenh")),
    ("controller", "surveys:ratings", ("agency", "period", "about", "key", "first", "last")),
    ("controller", "surveys:ballots", ("agency", "period", "about", "key")),
    ("controller", "surveys:outcome", ("group", "question")),
    ("controller", "surveys:rows", ("group", "question")),
    ("anonymous", "portal:queue", ("hang", "may")),
    ("controller", "tickets:office", ("ngay",)),
    ("controller", "news:articles", ("q", "trang-thai", *PAGES)),
    ("controller", "news:boards", ("q", "xem")),
    ("controller", "eforms:list", ("q", *PAGES)),
    ("controller", "eforms:bind", ("q", "to-khai")),
    ("controller", "procedures:list", ("text", "q", "field", "status", "level", "after")),
    ("controller", "procedures:decision_new", ("items",)),
    ("controller", "procedures:board", ("after",)),
    ("head", "statistics:dashboard", ("cat", "loai", "buoc", "period", "agency")),
    ("head", "statistics:tasks", ("can-bo", "buoc", "period", *PAGES)),
    ("head", "statistics:index766", ("kind", "part", "period", "agency")),
    ("admin", "agencies:tree", ("q", "text", "day", "ngay")),
    ("admin", "agencies:people", ("q", "text", "agency", "after")),
    ("admin", "workdays:clock", ("day", "at", "amount", "unit", "agency", "suspensions")),
    ("auditor", "audit:events", ("chain", "kind", "actor", "q", "first_day", "last_day", "after")),
]  # fmt: skip
# What breaks the reading of a form, or of what is made of it: not each kind again.
TYPED = (
    "long",
    "beyond 64 bits",
    "digits that are no numbers",
    "markup, statements, patterns",
    "nan",
    "year zero",
    "address",
)
# Who finds an address of each app open, so that what stands behind it is asked.
OPENERS = {
    "counter": "head",
    "dossiers": "officer",
    "payments": "head",
    "audit": "auditor",
    "procedures": "controller",
    "eforms": "controller",
    "surveys": "controller",
    "news": "controller",
    "tickets": "controller",
    "feedback": "head",
    "holdings": "officer",
    "statistics": "controller",
    "portal": "citizen",
    "api": "anonymous",
}


def as_sent(text: str) -> str | bytes:
    """As a browser cannot send it but a program can."""
    return text.encode("utf-8", "surrogatepass") if text == HOSTILE["lone surrogate"] else text


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind, so that one test may try many things; a fault of the database is healed too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


__all__ = ["HOSTILE", "OPENERS", "QUESTIONS", "SCRIPT", "TYPED", "as_sent", "undone"]
