"""Acts on the sets of the index: put in what is shipped, begin a new set from a day, change points, targets, classes, colours.

A change of the law begins a new set from its day, and what was scored before stays. A wrong value is corrected in place, with
where the right one stands; the log keeps the value before and after.
"""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.statistics.models import IndexBand, IndexComponent, IndexGroup, IndexSet
from motcua.statistics.queries.index766_sets import access_band, access_component, access_set

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "index766.json"
HUNDRED = Decimal(100)


@transaction.atomic
def install_index(*, actor: User, at: datetime) -> None:
    """Put in the shipped set when there is none of its code; those present are left as they are.

    Only the system's own account may (installation and upgrade). Raises NotFound for others.
    """
    if not authority_of(actor, legal_date(at)).everything:
        raise NotFound()
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    if IndexSet.objects.filter(code=data["code"]).exists():
        return
    row = IndexSet.objects.create(
        code=data["code"], name=data["name"], law=data["law"], source=data["source"],
        valid_from=date.fromisoformat(data["valid_from"]),
        green_from=Decimal(data["green_from"]), yellow_from=Decimal(data["yellow_from"]),
    )  # fmt: skip
    for position, group in enumerate(data["groups"], 1):
        _ship(row, position, group)
    IndexBand.objects.bulk_create(IndexBand(index_set=row, **_decimals(band)) for band in data["bands"])
    append(_chain(row), "index_set.installed", actor=actor, at=at, data={"code": row.code}, first=True)


def _ship(row: IndexSet, position: int, data: dict[str, Any]) -> None:
    group = IndexGroup.objects.create(index_set=row, position=position, code=data["code"], name=data["name"])
    IndexComponent.objects.bulk_create(
        IndexComponent(group=group, position=number, **_decimals(component))
        for number, component in enumerate(data["components"], 1)
    )


def _decimals(data: dict[str, Any]) -> dict[str, Any]:
    known = ("points", "target", "low")
    return {k: Decimal(v) if k in known and v is not None else v for k, v in data.items()}


@transaction.atomic
def begin_set(set_id: int, valid_from: date, law: str, source: str, *, actor: User, at: datetime) -> IndexSet:
    """A new set from a day on, at first with all values of an earlier one, which ends the day before.

    Raises NotFound; RuleViolation for a set that has ended, a day not after its first, or no law or source.
    """
    old = access_set(set_id, authority_of(actor, legal_date(at)), lock=True)
    law, source = _required(law, "law", "Nhập văn bản đặt ra bộ chỉ số."), _required(source, "source")
    if old.valid_to is not None:
        raise RuleViolation("Bộ chỉ số này đã kết thúc. Lập bộ mới từ bộ đang dùng.")
    if valid_from <= old.valid_from:
        raise RuleViolation(f"Ngày bắt đầu phải sau ngày {old.valid_from:%d-%m-%Y}.", field="valid_from")
    new: IndexSet = _copy(old, valid_from=valid_from, valid_to=None, law=law, source=source)
    for band in old.bands.all():
        _copy(band, index_set=new)
    for group in old.groups.prefetch_related("components"):
        mine = _copy(group, index_set=new)
        for component in group.components.all():
            _copy(component, group=mine)
    old.valid_to = valid_from - timedelta(days=1)
    old.save(update_fields=["valid_to"])
    data = {"from": valid_from.isoformat(), "law": law, "source": source, "copied": old.pk}
    append(_chain(new), "index_set.begun", actor=actor, at=at, data=data, first=True)
    append(
        _chain(old),
        "index_set.ended",
        actor=actor,
        at=at,
        data={"until": old.valid_to.isoformat(), "next": new.pk},
    )
    return new


def _copy(row: Any, **changes: Any) -> Any:
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    made = type(row)(**fields)
    for name, value in changes.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


@transaction.atomic
def change_component(
    component_id: int, *, name: str, points: Decimal, target: Decimal | None, certainty: str, source: str, actor: User, at: datetime,
) -> IndexComponent:  # fmt: skip
    """Correct a component's name, points and target, with the source of the new values. Raises NotFound; RuleViolation for
    points outside 0 to 100, a target that is not above 0, an unknown certainty, or no source.
    """
    row = access_component(component_id, authority_of(actor, legal_date(at)), lock=True)
    if not 0 <= points <= HUNDRED:
        raise RuleViolation("Điểm tối đa phải từ 0 đến 100.", field="points")
    if target is not None and not 0 < target <= HUNDRED:
        raise RuleViolation("Chỉ tiêu phải trên 0 và không quá 100 %; để trống nếu không có.", field="target")
    if certainty not in IndexComponent.Certainty.values:
        raise RuleViolation("Chọn độ chắc chắn.", field="certainty")
    values = {
        "name": _required(name, "name", "Nhập tên thành phần."), "points": points, "target": target,
        "certainty": certainty, "source": _required(source, "source"),
    }  # fmt: skip
    _change(row, values, row.group.index_set, "index_component.changed", actor, at, code=row.code)
    return row


@transaction.atomic
def change_band(
    band_id: int, *, name: str, low: Decimal, source: str, actor: User, at: datetime
) -> IndexBand:
    """Correct a class of the whole. Raises NotFound; RuleViolation for a limit outside 0 to 100 or one that another has."""
    row = access_band(band_id, authority_of(actor, legal_date(at)), lock=True)
    if not 0 <= low <= HUNDRED:
        raise RuleViolation("Mức điểm phải từ 0 đến 100.", field="low")
    if row.index_set.bands.filter(low=low).exclude(pk=row.pk).exists():
        raise RuleViolation("Đã có mức xếp loại từ số điểm này.", field="low")
    values = {
        "name": _required(name, "name", "Nhập tên mức xếp loại."), "low": low,
        "source": _required(source, "source"),
    }  # fmt: skip
    _change(row, values, row.index_set, "index_band.changed", actor, at, band=row.pk)
    return row


@transaction.atomic
def change_set(
    set_id: int, *, green_from: Decimal, yellow_from: Decimal, source: str, actor: User, at: datetime
) -> IndexSet:
    """Correct from which share of its points a component is green, yellow. Raises NotFound; RuleViolation unless
    0 <= yellow <= green <= 100.
    """
    row = access_set(set_id, authority_of(actor, legal_date(at)), lock=True)
    if not 0 <= yellow_from <= green_from <= HUNDRED:
        raise RuleViolation(
            "Màu vàng phải từ 0, không quá màu xanh; màu xanh không quá 100 %.", field="yellow_from"
        )
    values = {"green_from": green_from, "yellow_from": yellow_from, "source": _required(source, "source")}
    _change(row, values, row, "index_set.changed", actor, at)
    return row


def _change(
    row: Model,
    values: dict[str, Any],
    index_set: IndexSet,
    kind: str,
    actor: User,
    at: datetime,
    **about: Any,
) -> None:
    """Save what differs, and log it; nothing when nothing does."""
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not before:
        return
    for name in before:
        setattr(row, name, values[name])
    row.save(update_fields=list(before))
    changes = {name: [_plain(old), _plain(values[name])] for name, old in before.items()}
    append(_chain(index_set), kind, actor=actor, at=at, data={**about, "changes": changes})


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _required(
    text: str, field: str, message: str = "Nhập nguồn: văn bản, điều, khoản hoặc bảng điểm đã đối chiếu."
) -> str:
    if not nfc(text):
        raise RuleViolation(message, field=field)
    return nfc(text)


def _chain(row: IndexSet) -> str:
    return f"index-set/{row.pk}"
