"""What lies on the desks besides dossiers, put there by the ordinary acts: so that no page of the demonstration is bare."""

from datetime import datetime, timedelta

from motcua.agencies.actions import delegate
from motcua.agencies.models import Assignment
from motcua.core.moments import legal_date
from motcua.dossiers.actions import expire_supplements, write_reply
from motcua.payments.actions import record_transfer
from motcua.procedures.actions import Decision, Item, draft_version, publish
from motcua.scenarios.demo.build import World
from motcua.statistics.actions import freeze, send, sign
from motcua.statistics.rules.periods import Kind, containing
from motcua.statistics.rules.reports import form_on

AMENDED = "1.004873"  # giấy xác nhận tình trạng hôn nhân
REPLIES = (
    ("supplement", "Thiếu giấy tờ về cư trú", "Đề nghị bổ sung giấy tờ chứng minh nơi cư trú hiện tại (bản chính hoặc bản sao có chứng thực)."),
    ("refusal", "Không thuộc thẩm quyền", "Yêu cầu không thuộc thẩm quyền giải quyết của cơ quan; đề nghị nộp tại cơ quan nêu trong hướng dẫn kèm theo."),
    ("message", "Mời đến nhận kết quả", "Kết quả đã có tại Trung tâm Phục vụ hành chính công. Khi đến mang theo giấy tiếp nhận hồ sơ."),
)  # fmt: skip


def furnish(world: World, now: datetime) -> None:
    """Reply texts, a delegation, a decision yet to take effect, a payment that fits nothing, reports frozen, signed and sent."""
    expire_supplements(actor=world.system, at=now)
    for key in ("suoi_ngoc", "tan_lam"):
        for kind, title, body in REPLIES:
            write_reply(world.agencies[key], kind=kind, title=title, body=body, actor=world.system, at=now)
    _lend(world, now)
    _amend_a_procedure(world, now)
    _pay_without_a_code(world, now)
    _report(world, now)


def _lend(world: World, now: datetime) -> None:
    """The leader of Suối Ngọc is away for three days from tomorrow."""
    day = legal_date(now) + timedelta(days=1)
    post = Assignment.objects.get(user=world.people["son"])
    delegate(
        post, world.people["binh"], valid_from=day, valid_to=day + timedelta(days=2), document="Giấy ủy quyền số 05/GUQ-UBND",
        actor=world.people["son"], at=now,
    )  # fmt: skip


def _amend_a_procedure(world: World, now: datetime) -> None:
    """An amended version, decided today and in force in ten days: boards have something to put up."""
    day = legal_date(now)
    draft_version(AMENDED, actor=world.system, at=now)
    decision = Decision(
        "1808/QĐ-UBND", day, day + timedelta(days=10), "Chủ tịch Ủy ban nhân dân tỉnh Tân Lam",
        "Công bố thủ tục hành chính sửa đổi, bổ sung lĩnh vực hộ tịch", day,
    )  # fmt: skip
    publish(decision, [Item("amended", AMENDED)], actor=world.system, at=now)


def _pay_without_a_code(world: World, now: datetime) -> None:
    """A line of the bank statement that names no dossier: somebody must find out whose it is."""
    record_transfer(
        world.agencies["suoi_ngoc"], bank_reference=f"FT{now:%y%m%d}000001", memo="NOP LE PHI HO TICH", amount=16_000,
        paid_at=now - timedelta(hours=2), actor=world.system, at=now,
    )  # fmt: skip


def _report(world: World, now: datetime) -> None:
    """The last closed month: Suối Ngọc has sent its report, Tân Lam's waits for its leader."""
    month = containing(legal_date(now), Kind.MONTH).before()
    form = form_on("ii-06a", month.end)
    for key in ("suoi_ngoc", "tan_lam"):
        report = freeze(
            form,
            world.agencies[key],
            month.window,
            period=month.code,
            basis=month.basis.value,
            actor=world.system,
            at=now,
        )
        if key == "suoi_ngoc":
            sign(report.pk, actor=world.people["son"], at=now)
            send(report.pk, actor=world.system, at=now)
