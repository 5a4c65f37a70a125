"""Acts on agencies: found, correct, move, end with a successor."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import (
    changes,
    locked,
    powers,
    record,
    require_everywhere,
    require_may_give,
    required_text,
)
from motcua.agencies.actions._succession import (
    carry_posts_over,
    close_counters,
    end_posts,
    pass_on_heritage,
)
from motcua.agencies.models import Agency, Level, Placement
from motcua.agencies.queries import Authority, agencies_under
from motcua.agencies.rules.codes import to_new
from motcua.agencies.rules.grants import Holding, Reach
from motcua.agencies.rules.periods import require_order
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import fold, nfc

TEXTS = ("short_name", "address", "place_name", "phone", "email", "website")


@transaction.atomic
def create_agency(
    *,
    name: str,
    kind: str,
    valid_from: date,
    actor: User,
    at: datetime,
    parent: Agency | None = None,
    level: Level | None = None,
    code: str = "",
    sector: str = "",
    document: str = "",
    **texts: str,
) -> Agency:
    """Found an agency or a division on a legal date, under `parent` (None: a root).

    `texts` may hold short_name, address, place_name, phone, email, website. Raises NotFound without
    agency.edit in the parent (for a root: everywhere), RuleViolation for a bad or taken code (Quyết định
    20/2020/QĐ-TTg) or level.
    """
    if parent is None:
        require_everywhere(actor, at, Permission.AGENCY_EDIT)
    else:
        powers(actor, at).require(Permission.AGENCY_EDIT, parent)
        _require_alive(parent, valid_from)
    agency = Agency(
        name=required_text(name, "Nhập tên cơ quan.", field="name"),
        parent=parent,
        kind=kind,
        sector=sector,
        level=_level_on(level, valid_from),
        code=_free_code(code, valid_from, None),
        valid_from=valid_from,
        **_texts(texts),
    )
    agency.search_text = _search_text(agency)
    agency.save()
    agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
    agency.save(update_fields=["path"])
    Placement.objects.create(agency=agency, parent=parent, valid_from=valid_from, document=nfc(document))
    record(
        f"agency/{agency.pk}",
        "agency.created",
        actor=actor,
        at=at,
        first=True,
        name=agency.name,
        code=agency.code,
        kind=kind,
        parent=parent.pk if parent else None,
        valid_from=valid_from,
        document=document,
    )
    return agency


@transaction.atomic
def update_agency(agency: Agency, *, actor: User, at: datetime, **fields: object) -> Agency:
    """Correct what is written of an agency: name, code, sector, level, contact details.

    A change of name by decision is an end and a successor, so that old papers keep the old name.
    Raises NotFound without agency.edit in it, RuleViolation for a bad or taken code.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, agency)
    agency = locked(Agency, agency.pk)
    allowed = {"name", "code", "sector", "level", "kind", *TEXTS}
    clean = {
        name: nfc(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if name in allowed
    }
    if "name" in clean:
        clean["name"] = required_text(str(clean["name"]), "Nhập tên cơ quan.", field="name")
    if "code" in clean:
        clean["code"] = _free_code(str(clean["code"]), agency.valid_from, agency)
    before = {name: _plain(getattr(agency, name)) for name in clean}
    changed = changes(agency, clean)
    if changed:
        agency.search_text = _search_text(agency)
        agency.save(update_fields=[*changed, "search_text"])
        after = {name: _plain(value) for name, value in changed.items()}
        old = {name: before[name] for name in changed}
        record(f"agency/{agency.pk}", "agency.updated", actor=actor, at=at, before=old, after=after)
    return agency


@transaction.atomic
def move_agency(
    agency: Agency, *, parent: Agency | None, from_day: date, document: str, actor: User, at: datetime
) -> Agency:
    """Put an agency under another one from a legal date, not later than today; the old place stays on
    record.

    Communes that outlive their district on 1-7-2025 move to the province this way. Paths of the whole
    subtree follow. Raises NotFound without agency.edit in the agency and in the new parent (a new root:
    everywhere), RuleViolation for a place below itself, a date in the future or before the present place
    began, or a missing document.
    """
    authority = powers(actor, at)
    authority.require(Permission.AGENCY_EDIT, agency)
    if parent is None:
        require_everywhere(actor, at, Permission.AGENCY_EDIT)
    else:
        authority.require(Permission.AGENCY_EDIT, parent)
        _require_alive(parent, from_day)
        _require_nothing_gained(authority, agency, parent)
    agency = locked(Agency, agency.pk)
    if parent is not None and parent.path.startswith(agency.path):
        raise RuleViolation("Không thể đặt cơ quan dưới chính nó hoặc đơn vị trực thuộc nó.", field="parent")
    if from_day > legal_date(at):
        raise RuleViolation(
            "Ngày chuyển không được sau hôm nay. Ghi nhận khi quyết định có hiệu lực.", field="from_day"
        )
    document = required_text(document, "Nhập số, ngày của quyết định.", field="document")
    old_parent = agency.parent_id
    _place(agency, parent, from_day, document)
    _repath(agency, parent)
    record(
        f"agency/{agency.pk}",
        "agency.moved",
        actor=actor,
        at=at,
        before=old_parent,
        after=parent.pk if parent else None,
        from_day=from_day,
        document=document,
    )
    return agency


@transaction.atomic
def end_agency(
    agency: Agency,
    *,
    last_day: date,
    document: str,
    actor: User,
    at: datetime,
    successor: Agency | None = None,
    carry_posts: bool = True,
    with_children: bool = False,
) -> Agency:
    """End an agency on its last day, with the one that stands in its place from the day after.

    Its offices and seats close and its posts end. With `carry_posts` each post, its roles and its people
    go on in the successor from the day after. `with_children` ends what is below it in the same way;
    otherwise that must have ended or moved before. Dossiers are handed over by the app that keeps them.
    Raises NotFound without agency.edit in the agency and in the successor; RuleViolation when the rules
    above are not met or the actor may not give such powers.
    """
    authority = powers(actor, at)
    authority.require(Permission.AGENCY_EDIT, agency)
    agency = locked(Agency, agency.pk)
    document = required_text(document, "Nhập số, ngày của quyết định.", field="document")
    require_order(agency.valid_from, last_day)
    if agency.valid_to is not None and agency.valid_to <= last_day:
        raise RuleViolation(f"Cơ quan đã kết thúc ngày {agency.valid_to:%d-%m-%Y}.")
    if successor is not None:
        authority.require(Permission.AGENCY_EDIT, successor)
        _require_fit_successor(agency, successor, last_day + timedelta(days=1))
    for child in _children_alive(agency, last_day + timedelta(days=1), with_children):
        _end_one(child, last_day, successor, document, carry_posts, actor, at)
    _end_one(agency, last_day, successor, document, carry_posts, actor, at)
    return agency


def _end_one(
    agency: Agency,
    last_day: date,
    successor: Agency | None,
    document: str,
    carry: bool,
    actor: User,
    at: datetime,
) -> None:
    agency.valid_to, agency.successor = last_day, successor
    agency.save(update_fields=["valid_to", "successor"])
    Placement.objects.filter(agency=agency, valid_to=None).update(valid_to=last_day)
    close_counters(agency, last_day)
    pass_on_heritage(agency, successor, last_day + timedelta(days=1))
    if successor is not None and carry:
        carry_posts_over(agency, successor, last_day, document, actor=actor, at=at)
    end_posts(agency, last_day, at)
    heir = successor.pk if successor else None
    facts: dict[str, Any] = {"last_day": last_day, "document": document}
    record(f"agency/{agency.pk}", "agency.ended", actor=actor, at=at, successor=heir, **facts)
    if successor is not None:
        record(f"agency/{heir}", "agency.succeeded", actor=actor, at=at, predecessor=agency.pk, **facts)


def _children_alive(agency: Agency, day: date, with_children: bool) -> list[Agency]:
    alive = list(agencies_under(agency, day).exclude(pk=agency.pk).order_by("-path"))
    if alive and not with_children:
        names = ", ".join(child.name for child in alive[:3])
        raise RuleViolation(
            f"Còn {len(alive)} đơn vị trực thuộc đang hoạt động ({names}). Kết thúc hoặc chuyển các đơn vị này trước."
        )
    return alive


def _require_nothing_gained(authority: Authority, agency: Agency, parent: Agency) -> None:
    """What the mover holds in the whole subtree of the new parent must not reach further by the move."""
    there = Reach(parent.path, subtree=True)
    gained = [
        Holding(Reach(agency.path, subtree=True), held.permissions, held.grants)
        for held in authority.holdings
        if held.reach.subtree and held.reach.covers(there)
    ]
    require_may_give(authority, gained, act="chuyển cơ quan này vào phạm vi của bạn")


def _require_fit_successor(agency: Agency, successor: Agency, day: date) -> None:
    if successor.path.startswith(agency.path):
        raise RuleViolation(
            "Cơ quan kế thừa không được là chính nó hoặc đơn vị trực thuộc nó.", field="successor"
        )
    _require_alive(successor, day)


def _require_alive(agency: Agency, day: date) -> None:
    if agency.valid_from > day or (agency.valid_to is not None and agency.valid_to < day):
        raise RuleViolation(
            f"{agency.name} không hoạt động vào ngày {day:%d-%m-%Y}. Chọn cơ quan khác hoặc ngày khác."
        )


def _level_on(level: Level | None, day: date) -> Level | None:
    """The level, if it exists on that day: no district may be founded after 30-6-2025."""
    if level is not None and (
        level.valid_from > day or (level.valid_to is not None and level.valid_to < day)
    ):
        raise RuleViolation(f"Cấp “{level.name}” không còn vào ngày {day:%d-%m-%Y}.", field="level")
    return level


def _free_code(code: str, day: date, owner: Agency | None) -> str:
    """The code in the new form, if no other agency in force on the day has it."""
    if not code.strip():
        return ""
    clean = to_new(code)
    taken = (
        Agency.objects.filter(Agency.in_force(day), code=clean).exclude(pk=owner.pk if owner else 0).first()
    )
    if taken:
        raise RuleViolation(f"Mã định danh {clean} đang là của {taken.name}.", field="code")
    return clean


def _place(agency: Agency, parent: Agency | None, from_day: date, document: str) -> None:
    current = Placement.objects.filter(agency=agency, valid_to=None).order_by("-valid_from").first()
    if current is not None:
        if from_day <= current.valid_from:
            raise RuleViolation(
                f"Ngày chuyển phải sau ngày {current.valid_from:%d-%m-%Y} (lần chuyển trước).",
                field="from_day",
            )
        current.valid_to = from_day - timedelta(days=1)
        current.save(update_fields=["valid_to"])
    Placement.objects.create(agency=agency, parent=parent, valid_from=from_day, document=document)


def _repath(agency: Agency, parent: Agency | None) -> None:
    """Write the new path of the agency and of all below it."""
    old = agency.path
    agency.parent = parent
    agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
    agency.save(update_fields=["parent", "path"])
    below = list(Agency.objects.filter(path__startswith=old).exclude(pk=agency.pk))
    for child in below:
        child.path = agency.path + child.path[len(old) :]
    Agency.objects.bulk_update(below, ["path"], batch_size=500)


def _texts(texts: dict[str, str]) -> dict[str, str]:
    return {name: nfc(texts.get(name, "")) for name in TEXTS}


def _search_text(agency: Agency) -> str:
    return fold(f"{agency.name} {agency.short_name} {agency.code}")[:300]


def _plain(value: object) -> object:
    return getattr(value, "code", value)
