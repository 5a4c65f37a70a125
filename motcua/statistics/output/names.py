"""Names of files of figures: no two different counts share one."""

from motcua.statistics.rules.periods import Basis, Window

# What tells a file from its namesakes.
BELOW, GATHERED = "truc-thuoc", "tong-hop"


def file_name(
    kind: str, code: str, agency_code: str, window: Window, *marks: str, period: str = "", basis: str = ""
) -> str:
    """`ii-06a-h4012-2026-q1-truc-thuoc.xlsx`: form, agency, period, then marks. A period of the law is named by its code; other
    days by the first and the last, since a quarter of the calendar has the code of the law's and is not the same days.
    """
    days = period if period and basis != Basis.CALENDAR else f"{window.start:%Y%m%d}-{window.end:%Y%m%d}"
    parts = (code, agency_code.replace(".", ""), days, *marks)
    return f"{'-'.join(part for part in parts if part)}.{kind}".lower()
