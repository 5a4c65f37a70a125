"""The data of a printed statistical report."""

from typing import Literal, NotRequired, TypedDict

from motcua.printing.rules.common import Form, Signer


class ReportHead(TypedDict):
    """One cell of the heading of a report's table: its first column from 0, how many columns and rows it covers."""

    title: str
    start: int
    columns: int
    rows: int


class ReportRow(TypedDict):
    """One row of a report; `cells` are the texts of the columns from (3) on."""

    kind: Literal["section", "row", "detail", "total"]
    mark: str
    label: str
    cells: list[str]


class StatisticalReport(Form):
    """A statistical report (e.g. Biểu số II.06a/VPCP/KSTT), A4 landscape."""

    period: str
    scope: str
    unit: NotRequired[str]  # what is counted; "hồ sơ" when it is not given
    head: list[list[ReportHead]]
    numbers: list[str]  # "(1)", "(2)", "(3) = (4) + (5) + (6)", one for each column
    blanks: NotRequired[list[int]]  # which columns after (2), from 0, are left to be written by hand
    rows: list[ReportRow]
    notes: NotRequired[list[str]]
    maker: Signer
    signer: Signer
