"""Reads of administrative units: of a day, in a province, by the name that a person typed; what became of one."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.text import fold, sort_key
from motcua.places.models import Succession, Unit
from motcua.places.rules.names import THREE_LEVELS_UNTIL, TWO_LEVELS_SINCE, joined, short

Level = Unit.Level
NEAREST = 4
# The same code is another place in the other set: nothing is carried over.
OTHER_SET = {
    "before": "Ngày đó trước 01/7/2025, còn quận, huyện. Chọn lại địa chỉ theo tên lúc đó.",
    "since": "Ngày đó từ 01/7/2025, không còn quận, huyện. Chọn lại địa chỉ theo tên hiện nay.",
}


class Choice(NamedTuple):
    """A unit in a list to choose from."""

    code: str
    name: str


def provinces(day: date) -> list[Choice]:
    """The provinces of a day in the order of the dictionary."""
    return _choices(Unit.objects.filter(Unit.in_force(day), level=Level.PROVINCE))


def districts(province: str, day: date) -> list[Choice]:
    """The districts of a province on a day; none since 1-7-2025."""
    return _choices(Unit.objects.filter(_under(province, day), Unit.in_force(day), level=Level.DISTRICT))


def communes(parent: str, day: date) -> list[Choice]:
    """The communes of a district, or of a province since 1-7-2025."""
    return _choices(Unit.objects.filter(_under(parent, day), Unit.in_force(day), level=Level.COMMUNE))


def _under(parent: str, day: date) -> Q:
    above = Level.DISTRICT if len(parent) == 3 else Level.PROVINCE
    return Q(parent__in=Unit.objects.filter(Unit.in_force(day), code=parent, level=above).values("pk"))


def _choices(rows: QuerySet[Unit]) -> list[Choice]:
    found = [Choice(code, name) for code, name in rows.values_list("code", "name")]
    return sorted(found, key=lambda one: (sort_key(short(one.name)), one.name))


def access_unit(code: str, day: date) -> Unit:
    """The unit of a code on a day; the province when a code is of several levels. Raises NotFound."""
    found = Unit.objects.filter(Unit.in_force(day), code=code).select_related("parent__parent").first()
    if found is None:
        raise NotFound("Không có đơn vị hành chính này vào ngày đó.")
    return found


def successors(unit: Unit) -> list[Unit]:
    """The units that a former one went into, the main one first."""
    rows = (
        Succession.objects.filter(before=unit)
        .select_related("after__parent")
        .order_by("-is_main", "after__code")
    )
    return [row.after for row in rows]


def is_loaded() -> bool:
    """Whether there are any units."""
    return Unit.objects.exists()


def era_of(day: date) -> str:
    """Which set of units a day knows: "before" (three levels) or "since" (two)."""
    return "since" if day >= TWO_LEVELS_SINCE else "before"


def day_of_era(era: str) -> date:
    """A day on which a set of units held."""
    return THREE_LEVELS_UNTIL if era == "before" else TWO_LEVELS_SINCE


class Units:
    """The units for checking addresses that people typed (see `eforms.rules.types.Units`)."""

    def settle(self, address: Mapping[str, str], day: date | None) -> dict[str, str]:
        """An address with its units found by code or by name, and its text; `day`: when it holds, None: as `era` says.

        Raises RuleViolation that says which part does not fit and what there is instead.
        """
        said = address.get("era") or ""
        era = era_of(day) if day else said or "since"
        if said not in ("", era):
            raise RuleViolation(OTHER_SET[era])
        at = day or day_of_era(era)
        province = _found(
            Unit.objects.filter(Unit.in_force(at), level=Level.PROVINCE),
            address["province"],
            "tỉnh, thành phố",
        )
        district, above = None, province
        if era == "before":
            district = above = _found(
                _parts(province, at, Level.DISTRICT), address["district"], "quận, huyện"
            )
        communes = _parts(above, at, Level.COMMUNE)
        commune = None
        if era == "since" or address["commune"] or communes.exists():
            commune = _found(communes, address["commune"], "phường, xã")
        names = [unit.name for unit in (commune, district, province) if unit]
        return {
            "era": era,
            "province": province.code,
            "district": district.code if district else "",
            "commune": commune.code if commune else "",
            "line": address.get("line", ""),
            "text": joined(address.get("line", ""), *names),
        }


def _parts(unit: Unit, day: date, level: str) -> QuerySet[Unit]:
    return Unit.objects.filter(Unit.in_force(day), parent=unit, level=level)


def _found(among: QuerySet[Unit], said: str, what: str) -> Unit:
    """The one unit of this code or name, marks and kind aside. Raises RuleViolation for none or several."""
    if not said:
        raise RuleViolation(f"Chọn {what}.")
    plain = fold(said)
    exact = list(among.filter(Q(code=said) | Q(search_text=plain))[:2])
    rows = exact or list(among.filter(short_text=short(said))[: NEAREST + 1])
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise RuleViolation(f"Có nhiều {what} tên như vậy: {_names(rows)}. Ghi rõ cả cấp.")
    if not Unit.objects.exists():
        raise RuleViolation(
            "Hệ thống chưa có danh mục đơn vị hành chính. Báo cho quản trị chạy “motcua places”."
        )
    near = list(among.filter(search_text__contains=short(said)).order_by("search_text")[:NEAREST])
    hint = f" Gần nhất: {_names(near)}." if near else " Kiểm tra lại tên, hoặc tên tỉnh đã chọn."
    raise RuleViolation(f"Không có {what} “{said[:60]}” ở đó.{hint}")


def _names(rows: list[Unit]) -> str:
    return ", ".join(unit.name for unit in rows)


def units() -> Units:
    """The units, for `eforms.queries.context`."""
    return Units()
