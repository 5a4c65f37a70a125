"""The story of the tests: what becomes of the dossiers of one commune and its neighbour, and what lies on their desks.

Synthetic, made by the acts themselves, by the people of tests/world_cast.py. The story starts on Monday 2-11-2026 at 08:00;
tests look at it at NOW.
"""

from datetime import date, datetime

from motcua.accounts.models import User
from motcua.agencies import actions as agencies
from motcua.agencies.models import Assignment, PostRole
from motcua.agencies.testing import (
    PASSWORD,
    make_system_user,
)
from motcua.audit.models import Event
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask, Handover
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    make_intake,
    moment,
    ready,
    receive,
    returned,
)
from motcua.files.actions import release, store
from motcua.notifications.models import Message, Template
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.privacy.actions import Asked, ask
from motcua.procedures import actions as catalogue
from motcua.procedures.models import PublicationDecision, ResultTemplate
from motcua.statistics import actions as reports
from motcua.statistics.models import IndexSet
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reports import form_on
from motcua.tickets.actions import LineData, open_line, take_ticket
from motcua.workdays import actions as workdays
from tests.world_cast import (
    NOW,
    OUR_MAIL,
    OUR_NUMBER,
    OUR_PHONE,
    OURS,
    PDF,
    PERSONAS,
    THEIR_NUMBER,
    THEIR_PHONE,
    THEIRS,
    Cast,
    Province,
    make_province,
    our_party,
    their_party,
)
from tests.world_feedback import add_feedback
from tests.world_forms import add_forms
from tests.world_money import pay_online
from tests.world_site import add_site
from tests.world_surveys import add_surveys


def make_story(province: Province) -> Province:
    """Dossiers in many states in both communes, money, a scan and a file in quarantine."""
    _our_dossiers(province)
    _their_dossiers(province)
    _money(province)
    _files(province)
    return province


def _our_dossiers(province: Province) -> None:
    world, cast, ours = province.base, province.cast, province.ours
    many = {"applicant": our_party()}
    minutes = (moment(hours=n / 60) for n in range(1, 60))
    ours["received"] = receive(world, at=moment(days=7), **many)
    ours["submitted"] = actions.submit(make_intake(world, channel="online", **many), actor=cast.clerk, at=moment(days=7, hours=1))  # fmt: skip
    ours["handed"] = receive(world, at=moment(days=7, hours=0.5), **many)
    actions.hand_over([ours["handed"].pk], actor=cast.clerk, at=moment(days=7, hours=1))
    ours["late"] = in_review(world, receive(world, at=next(minutes), **many))
    ours["review"] = in_review(world, receive(world, at=moment(days=7, hours=0.1), **many), at=moment(days=7))
    ours["supplement"] = in_review(
        world, receive(world, at=moment(days=7, hours=0.2), **many), at=moment(days=7)
    )
    actions.request_supplement(ours["supplement"].pk, reason="Tờ khai thiếu chữ ký", items=[{"name": "Tờ khai"}], actor=cast.officer, at=moment(days=7, hours=3))  # fmt: skip
    ours["sign"] = for_signature(
        world, receive(world, at=moment(days=4, hours=0.3), **many), at=moment(days=4)
    )
    ours["ready"] = ready(world, receive(world, at=next(minutes), **many))
    ours["returned"] = returned(world, receive(world, at=next(minutes), **many))
    ours["refused"] = in_review(world, receive(world, at=next(minutes), **many))
    actions.refuse(ours["refused"].pk, reason="Không đủ điều kiện", legal_basis="Điều 15 Luật Hộ tịch", actor=cast.officer, at=moment(days=1))  # fmt: skip
    ours["apologised"] = in_review(world, receive(world, at=next(minutes), **many))
    actions.apologise(ours["apologised"].pk, extra_working_days=5, reason="Chờ xác minh", actor=cast.leader, at=moment(days=3))  # fmt: skip
    ours["chain"] = in_review(world, receive(world, at=next(minutes), procedure=province.chain, **many))
    ours["paid"] = receive(world, at=moment(days=7, hours=0.7), procedure=province.paid, **many)
    for dossier in ours.values():
        dossier.refresh_from_db()


def theirs_received(province: Province, at: datetime) -> Dossier:
    """A dossier at the neighbour's counter."""
    intake = make_intake(province.base, office_id=province.neighbour_office.pk, applicant=their_party())
    return actions.receive(intake, actor=province.cast.other_clerk, at=at)


def _their_dossiers(province: Province) -> None:
    cast, theirs = province.cast, province.theirs
    theirs["received"] = theirs_received(province, moment(days=7))
    theirs["review"] = theirs_received(province, moment(hours=0.5))
    actions.hand_over([theirs["review"].pk], actor=cast.other_clerk, at=moment(hours=1))
    tasks = list(
        DossierTask.objects.filter(dossier=theirs["review"], state="open").values_list("pk", flat=True)
    )
    actions.take_over(tasks, actor=cast.other_officer, at=moment(hours=2))
    for dossier in theirs.values():
        dossier.refresh_from_db()


def _money(province: Province) -> None:
    world, cast, things, at = province.base, province.cast, province.things, moment(days=7, hours=1)
    things["book"] = payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB 01/TB-UBND", actor=cast.head, at=moment())  # fmt: skip
    things["account"] = payments.open_account(world.commune, bank_bin="970436", bank_name="Ngân hàng Mẫu", account_number="0000000001", holder="UBND XA AN PHU", valid_from=date(2026, 1, 1), source="TB 02", actor=cast.head, at=moment())  # fmt: skip
    settled = receive(world, at=moment(days=7, hours=0.8), procedure=province.paid, applicant=our_party())
    things["receipt"] = payments.collect_cash(_charges(settled), actor=cast.cashier, at=at)
    things["charge"] = Charge.objects.get(pk=_charges(province.ours["paid"])[0])
    things["transfer"] = payments.record_transfer(world.commune, bank_reference="FT26111001", memo="khong ro", amount=8000, paid_at=at, actor=cast.cashier, at=at)  # fmt: skip
    province.ours["settled"] = settled
    online = receive(world, at=moment(days=7, hours=0.9), procedure=province.paid, applicant=our_party())
    pay_online(province, _charges(online))
    province.ours["paid_online"] = online


def _charges(dossier: Dossier) -> list[int]:
    return list(Charge.objects.filter(reference=f"dossier/{dossier.pk}").values_list("pk", flat=True))


def _files(province: Province) -> None:
    things, cast, at = province.things, province.cast, moment(days=7, hours=2)
    paper = province.ours["review"].papers.first()
    things["paper"] = paper
    things["scan"] = store(PDF, actor=cast.clerk, at=at, name="to-khai.pdf")
    release(things["scan"].pk, reason="Đã quét ngoài", actor=cast.admin, at=at)
    things["waiting"] = store(PDF + b" ", actor=cast.clerk, at=at, name="chua-quet.pdf")
    actions.attach_scan(paper.pk, things["scan"].pk, actor=cast.clerk, at=at)
    things["reply"] = actions.write_reply(province.base.commune, kind="refusal", title="Hết hiệu lực", body="Giấy tờ đã hết hiệu lực.", actor=cast.head, at=at)  # fmt: skip
    things["reason"] = actions.write_reason(province.base.commune, name="Thiếu chữ ký của bên kia", words="Ký đủ các bên.", valid_from=at.date(), valid_to=None, actor=cast.head, at=at)  # fmt: skip
    things["notice"] = province.ours["review"].notices.first()
    things["their_notice"] = province.theirs["review"].notices.first()
    things["result"] = province.ours["ready"].results.first()
    things["handover"] = Handover.objects.filter(to_agency=province.base.commune).order_by("pk").first()


def make_desks(province: Province) -> Province:
    """What administrators and controllers work on: a day off, a setting, a delegation, drafts, a posting place."""
    world, cast, things, at = province.base, province.cast, province.things, moment(hours=0.5)
    things["day"] = workdays.set_day(world.commune, date(2026, 12, 4), "off", name="Ngày truyền thống xã", source="QĐ 12/QĐ-UBND", actor=cast.admin, at=at)  # fmt: skip
    things["setting"] = agencies.set_setting("due_soon_days", 2, agency=world.commune, valid_from=date(2026, 12, 1), source="QĐ 13/QĐ-UBND", actor=cast.admin, at=at)  # fmt: skip
    things["delegation"] = agencies.delegate(post_of(cast.leader), cast.division_head, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 31), document="QĐ 14", actor=cast.leader, at=at)  # fmt: skip
    code = world.procedure.code
    things["draft"] = catalogue.draft_version(code, actor=cast.controller, at=at)
    things["process"] = catalogue.draft_process(code, world.commune, actor=cast.controller, at=at)
    things["stage"] = things["process"].stages.first()
    things["template"] = things["stage"].tasks.first()
    things["place"] = catalogue.add_place(world.commune.pk, "board", "Bảng tại bộ phận một cửa", actor=cast.controller, at=at)  # fmt: skip
    version = world.procedure.versions.get(number=1)
    [things["posting"]] = catalogue.post_versions(
        things["place"].pk, [version.pk], actor=cast.controller, at=at
    )
    form = store(PDF, actor=cast.controller, at=at, name="mau-to-khai.pdf", personal=False, made_here=True)
    things["form_paper"], things["draft_paper"] = version.papers.first(), things["draft"].papers.first()
    version.papers.update(form_file_id=form.pk)
    things["decision"] = PublicationDecision.objects.create(number="01/QĐ-UBND", issued_on=date(2026, 1, 1), effective_on=date(2026, 1, 1), issuer="UBND tỉnh Lam Sơn", file_id=form.pk)  # fmt: skip
    add_forms(things, keeper=cast.controller, at=at)
    add_site(things, province.base.province, code, keeper=cast.controller, releaser=cast.admin, at=at)
    add_surveys(things, province.base.commune, keeper=cast.controller, at=at)
    things["line"] = open_line(world.office, LineData("Tư pháp – hộ tịch"), prefix="A", valid_from=date(2026, 1, 1), actor=cast.admin, at=at)  # fmt: skip
    things["ticket"] = take_ticket(things["line"].pk, actor=None, at=at)
    asked = Asked("see", world.commune.pk, channel="counter", full_name=OURS, identity_number=OUR_NUMBER)
    things["data_request"] = ask(asked, actor=cast.clerk, at=at)
    add_feedback(
        things,
        world,
        province.neighbour,
        keeper=cast.controller,
        handler=cast.officer,
        admin=cast.admin,
        at=at,
    )
    things["event"] = Event.objects.filter(chain=f"dossier/{province.ours['review'].pk}").latest("pk")
    things["message"] = Message.objects.filter(agency=world.commune).first()
    things["text"] = Template.objects.first()
    things["fee"] = province.paid.fees.get()
    things["offering"] = world.procedure.offerings.get(agency=world.commune)
    things["result_template"] = ResultTemplate.objects.create(procedure=world.procedure, agency=world.commune, valid_from=date(2026, 1, 1), file=form)  # fmt: skip
    things["report_template"] = reports.create_template("ii-06a", "Báo cáo giao ban", agency=world.commune, valid_from=date(2026, 1, 1), actor=cast.local_admin, at=at)  # fmt: skip
    reports.install_index(actor=make_system_user(), at=at)
    things["index_set"] = IndexSet.objects.get()
    things["report_column"] = reports.add_column(things["report_template"].pk, "on_time_rate", actor=cast.local_admin, at=at)  # fmt: skip
    month = parse("2026-10", Basis.CALENDAR)
    things["kept_report"] = reports.freeze(form_on("ii-06a", month.end), world.commune, month.window, period=month.code, basis="calendar", actor=cast.controller, at=at)  # fmt: skip
    october = {"period": month.code, "basis": "calendar", "actor": cast.controller, "at": at}
    things["kept_sum"] = reports.freeze_gathered(
        form_on("ii-06a", month.end), world.commune, month.window, **october
    )
    things["kept_index"] = reports.freeze_index(world.commune, month.window, **october)
    return province


def post_of(user: User) -> Assignment:
    """Where a person sits."""
    return Assignment.objects.select_related("post").get(user=user)


def role_of(user: User) -> PostRole:
    """What the post of a person may do."""
    return PostRole.objects.get(post=post_of(user).post)


__all__ = [
    "NOW",
    "OURS",
    "OUR_MAIL",
    "OUR_NUMBER",
    "OUR_PHONE",
    "PASSWORD",
    "PDF",
    "PERSONAS",
    "THEIRS",
    "THEIR_NUMBER",
    "THEIR_PHONE",
    "Cast",
    "Province",
    "make_province",
    "make_story",
    "our_party",
]
