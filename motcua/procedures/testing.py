"""Help for tests: a procedure, an offering, a process in one line each, written straight into the tables."""

from datetime import date
from decimal import Decimal

from motcua.agencies.models import Agency
from motcua.agencies.testing import add, shipped
from motcua.core.store import plain
from motcua.procedures.models import (
    ChannelRule,
    Fee,
    Field,
    LegalBasis,
    Offering,
    Paper,
    Procedure,
    ProcedureVersion,
    Process,
    ResultType,
    Stage,
    TaskTemplate,
)
from motcua.procedures.queries.versions import search_text_of

LONG_AGO = date(2015, 1, 1)
Limit = tuple[str | None, str]


def make_version(
    code: str = "1.000001",
    name: str = "Thủ tục thử",
    *,
    limit: Limit | dict[str, Limit] = ("5", "working_day"),
    number: int = 1,
    status: str = "published",
    valid_from: date | None = LONG_AGO,
    valid_to: date | None = None,
    field: str = "Lĩnh vực thử",
    **more: object,
) -> ProcedureVersion:
    """A version with limits by channel, one paper, one result, one document."""
    procedure = shipped(Procedure, "code", code)
    row = shipped(Field, "name", field)
    version = add(
        ProcedureVersion,
        procedure=procedure,
        number=number,
        status=status,
        valid_from=valid_from,
        valid_to=valid_to,
        name=name,
        field=row,
        search_text=search_text_of(code, name, field, str(more.get("keywords", ""))),
        **more,
    )
    limits = limit if isinstance(limit, dict) else dict.fromkeys(("counter", "online", "post"), limit)
    plain.insert([_limit(version, channel, *figure) for channel, figure in limits.items()])
    add(Paper, version=version, position=1, name="Tờ khai")
    add(ResultType, version=version, name="Giấy xác nhận", code="KQ.G99.000001")
    add(LegalBasis, version=version, number="1/2020/NĐ-CP")
    return version


def _limit(version: ProcedureVersion, channel: str, amount: str | None, unit: str) -> ChannelRule:
    figure = None if amount is None else Decimal(amount)
    return ChannelRule(version=version, channel=channel, amount=figure, unit=unit)


def make_offering(
    procedure: Procedure, agency: Agency, *, valid_from: date = LONG_AGO, **more: object
) -> Offering:
    """An agency resolves a procedure."""
    return add(Offering, procedure=procedure, agency=agency, valid_from=valid_from, **more)


def make_fee(procedure: Procedure, dong: int, *, name: str = "Phí", **more: object) -> Fee:
    """A line of a fee schedule."""
    fields = {"kind": "phi", "legal_basis": "Nghị quyết thử", "valid_from": LONG_AGO, **more}
    return Fee.objects.create(procedure=procedure, name=name, amount_dong=dong, **fields)


def make_process(
    procedure: Procedure,
    *tasks: tuple[str, str, str, str | int],
    agency: Agency | None = None,
    number: int = 1,
    status: str = "published",
    valid_from: date | None = LONG_AGO,
) -> Process:
    """A process with one task a stage: (kind of stage, place, role, hours); without tasks a usual one of 8 hours."""
    process = Process.objects.create(
        procedure=procedure, agency=agency, number=number, status=status, valid_from=valid_from
    )
    usual = (
        ("review", "resolving", "officer", 5),
        ("signature", "resolving", "leader", 2),
        ("result", "office", "clerk", 1),
    )
    for position, (kind, place, role, hours) in enumerate(tasks or usual, 1):
        stage = Stage.objects.create(process=process, position=position, name=f"Bước {position}", kind=kind)
        TaskTemplate.objects.create(
            stage=stage, name=f"Việc {position}", place=place, role_code=role, hours=Decimal(hours)
        )
    return process
