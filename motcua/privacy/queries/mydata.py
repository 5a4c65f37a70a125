"""Everything that is held about one person, class by class, from that person's own rows only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Lookup
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from motcua.accounts.models import Authorisation, Representation
from motcua.accounts.queries import consents_of, links_of, recent_history
from motcua.audit.models import Event
from motcua.core.countries import country_name
from motcua.core.moments import legal_date, to_local
from motcua.core.money import dong
from motcua.dossiers.models import DossierForm, DossierPaper, FeeClaim
from motcua.dossiers.models import Message as Talk
from motcua.dossiers.rules.states import LABELS, Status
from motcua.feedback.queries import feedback_of
from motcua.filing.models import Application
from motcua.holdings.queries import papers_of
from motcua.notifications.queries import messages_to
from motcua.payments.models import Charge, Refund, RefundDue
from motcua.privacy.models import DataRequest
from motcua.privacy.queries.subject import Subject, dossiers_about
from motcua.privacy.rules.requests import KINDS, STATES, Kind, State

MOST = 500
SHOWN = 20
Row = tuple[str, ...]


# What the states of a charge are called, so that they are in the catalogue of translations.
CHARGE_STATES = (
    gettext_noop("Không phải nộp"), gettext_noop("Chưa nộp"), gettext_noop("Đã nộp"), gettext_noop("Đã hoàn trả"),
    gettext_noop("Được miễn"), gettext_noop("Đã hủy"),
)  # fmt: skip


class Word(str):
    """A cell that says it in the reader's language; the others are as somebody wrote them, in Vietnamese."""

    __slots__ = ()
    is_word = True


@dataclass(frozen=True)
class Section:
    """One class of data: what it is, its columns, its rows (texts). `is_cut`: there is more than a page or file takes."""

    code: str
    label: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    is_cut: bool = False
    note: str = ""

    @property
    def first_rows(self) -> Sequence[Row]:
        """What the page shows; the file has all."""
        return self.rows[:SHOWN]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The same, each cell with its column: on a phone every line says what it is."""
        return [list(zip(self.columns, row, strict=True)) for row in self.first_rows]

    @property
    def rest(self) -> int:
        """How many rows only the file has."""
        return max(len(self.rows) - SHOWN, 0)


def sections_of(subject: Subject) -> list[Section]:
    """All classes, also those of which nothing is held."""
    return [make(subject) for make in _MAKERS]


def _section(
    code: str, label: str, columns: Iterable[str], rows: Iterable[Iterable[Any]], note: str = ""
) -> Section:
    found = [tuple(map(_text, row)) for row in rows]
    return Section(code, label, tuple(columns), found[:MOST], len(found) > MOST, note)


def _text(value: Any) -> str:
    if isinstance(value, Word):
        return value
    if isinstance(value, datetime):
        return f"{to_local(value):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str("" if value is None else value)


def _account(subject: Subject) -> Section:
    user, profile = subject.user, subject.profile
    rows: list[Sequence[Any]] = []
    if user and profile:
        proven = _("Đã xác minh") if profile.is_proven else _("Chưa xác minh")
        rows = [
            (_("Họ và tên"), user.full_name), (_("Số định danh"), profile.identity_number), (_("Mức độ bảo đảm"), proven),
            (_("Nước cấp hộ chiếu"), country_name(profile.document_country, get_language() or "vi")),
            (_("Ngày sinh"), profile.birth_date), (_("Giới tính"), profile.get_gender_display()),
            (_("Số điện thoại"), profile.phone), (_("Thư điện tử"), profile.email), (_("Nơi ở hiện nay"), profile.address),
            (_("Ngôn ngữ của tin nhắn"), profile.get_language_display()), (_("Lập tài khoản lúc"), user.created_at),
        ]  # fmt: skip
        rows += [
            (_("Định danh điện tử đã liên kết"), f"{one.provider.name}, {_text(one.linked_at)}")
            for one in links_of(user)
        ]
    return _section("tai-khoan", _("Tài khoản, thông tin cá nhân"), (_("Mục"), _("Giá trị")), rows)


def _rights(subject: Subject) -> Section:
    rows: list[Sequence[Any]] = []
    if user := subject.user:
        found = Representation.objects.filter(user=user).select_related("organisation")[: MOST + 1]
        rows = [
            (one.organisation.name, one.get_role_display(), one.valid_from, one.valid_to) for one in found
        ]
        given = Authorisation.objects.filter(principal=user).select_related("agent")[: MOST + 1]
        rows += [
            (str(one.agent), _("Tôi ủy quyền"), one.valid_from, one.revoked_at or one.valid_to)
            for one in given
        ]
        taken = Authorisation.objects.filter(agent=user).select_related("principal")[: MOST + 1]
        rows += [
            (str(one.principal), _("Được ủy quyền"), one.valid_from, one.revoked_at or one.valid_to)
            for one in taken
        ]
    return _section(
        "lam-thay", _("Làm thay, ủy quyền"), (_("Với ai"), _("Tư cách"), _("Từ ngày"), _("Đến")), rows
    )


def _sign_ins(subject: Subject) -> Section:
    found = recent_history(subject.user, MOST + 1) if subject.user else []
    rows = [(one.at, one.text, one.address, one.by) for one in found]
    return _section(
        "viec-tai-khoan",
        _("Việc của tài khoản"),
        (_("Lúc"), _("Việc"), _("Địa chỉ mạng"), _("Người làm")),
        rows,
    )


def _drafts(subject: Subject) -> Section:
    found = (
        Application.objects.filter(owner=subject.user, state="draft")
        if subject.user
        else Application.objects.none()
    )
    rows = [
        (one.version.name, one.updated_at, one.expires_at)
        for one in found.select_related("version")[: MOST + 1]
    ]
    return _section(
        "ban-nhap", _("Hồ sơ đang soạn"), (_("Thủ tục"), _("Sửa lần cuối"), _("Tự xóa lúc")), rows
    )


def _dossiers(subject: Subject) -> Section:
    rows = [
        (one.code or one.temporary_number, one.version.name, one.received_at or one.submitted_at, LABELS[Status(one.status)], one.resolving_agency.name)
        for one in dossiers_about(subject)[: MOST + 1]
    ]  # fmt: skip
    columns = (_("Mã hồ sơ"), _("Thủ tục"), _("Lúc nộp"), _("Trạng thái"), _("Cơ quan giải quyết"))
    return _section("ho-so", _("Hồ sơ đã nộp"), columns, rows)


def _parties(subject: Subject) -> Section:
    rows = []
    for one in dossiers_about(subject)[: MOST + 1]:
        who = one.applicant
        rows.append(
            (
                one.code or one.temporary_number,
                who.name,
                who.identity_number,
                who.birth_date,
                who.phone,
                who.email,
                who.address,
            )
        )
    columns = (
        _("Mã hồ sơ"),
        _("Họ và tên"),
        _("Số định danh"),
        _("Ngày sinh"),
        _("Điện thoại"),
        _("Thư điện tử"),
        _("Địa chỉ"),
    )
    return _section("chu-ho-so", _("Thông tin của tôi trong hồ sơ"), columns, rows)


def _forms(subject: Subject) -> Section:
    found = DossierForm.objects.filter(dossier__in=dossiers_about(subject).order_by().values("pk"))
    rows: list[Sequence[Any]] = []
    for form in found.select_related("dossier").order_by("-pk")[:100]:
        code = form.dossier.code or form.dossier.temporary_number
        rows += [(code, form.revision, path, value) for path, value in _flat("", form.answers)]
    rows += _claims(subject)
    return _section("to-khai", _("Nội dung tờ khai"), (_("Mã hồ sơ"), _("Lần"), _("Mục"), _("Đã khai")), rows)


def _claims(subject: Subject) -> list[Sequence[Any]]:
    """What was stated for the fee: an exemption can tell much of a person."""
    found = FeeClaim.objects.filter(dossier__in=dossiers_about(subject).order_by().values("pk"))
    rows: list[Sequence[Any]] = []
    for one in found.select_related("dossier").order_by("-pk")[:100]:
        code = one.dossier.code or one.dossier.temporary_number
        said = ((_("Số bản"), one.stated_numbers), (_("Đề nghị miễn, giảm vì"), one.exemption_reason))
        rows += [(code, 1, label, value) for label, value in said if value]
    return rows


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Answers as (place, value), however deep they lie."""
    inside = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    )
    if inside is None:
        yield path, value
    else:
        for key, one in inside:
            yield from _flat(f"{path}.{key}".strip("."), one)


def _papers(subject: Subject) -> Section:
    found = DossierPaper.objects.filter(dossier__in=dossiers_about(subject).order_by().values("pk"))
    found = found.select_related("dossier", "file").order_by("-dossier_id", "position")[: MOST + 1]
    rows = [
        (one.dossier.code or one.dossier.temporary_number, one.name, one.file.name if one.file else "")
        for one in found
    ]
    return _section("giay-to", _("Giấy tờ trong hồ sơ"), (_("Mã hồ sơ"), _("Giấy tờ"), _("Tệp")), rows)


def _held(subject: Subject) -> Section:
    found = papers_of(subject.user, legal_date(subject.at))[: MOST + 1] if subject.user else []
    rows = [(one.name, one.number, one.issuer, one.issued_on) for one in found]
    return _section("kho", _("Kho giấy tờ"), (_("Giấy tờ"), _("Số"), _("Nơi cấp"), _("Ngày cấp")), rows)


def _messages(subject: Subject) -> Section:
    found = messages_to(subject.addresses)[: MOST + 1]
    rows = [(one.created_at, one.get_channel_display(), one.title, one.shown_body) for one in found]
    return _section("tin", _("Tin đã gửi cho tôi"), (_("Lúc"), _("Kênh"), _("Loại"), _("Nội dung")), rows)


def _talks(subject: Subject) -> Section:
    mine = dossiers_about(subject).order_by().values("pk")
    found = Talk.objects.filter(dossier__in=mine).exclude(to_citizen=False, from_citizen=False)
    rows = [
        (
            one.at,
            one.dossier.code or one.dossier.temporary_number,
            Word(_("Tôi") if one.from_citizen else _("Cơ quan")),
            one.body,
        )
        for one in found.select_related("dossier").order_by("-pk")[: MOST + 1]
    ]
    return _section(
        "trao-doi", _("Trao đổi trong hồ sơ"), (_("Lúc"), _("Mã hồ sơ"), _("Ai viết"), _("Nội dung")), rows
    )


def _references(subject: Subject) -> list[str]:
    return [f"dossier/{pk}" for pk in dossiers_about(subject).values_list("pk", flat=True)[:MOST]]


def _payments(subject: Subject) -> Section:
    found = Charge.objects.filter(reference__in=_references(subject)).order_by("-pk")[: MOST + 1]
    rows = [
        (one.code, one.purpose, dong(one.amount), Word(_(one.get_state_display())), one.payer_name)
        for one in found
    ]
    columns = (_("Mã hồ sơ"), _("Nội dung thu"), _("Số tiền"), _("Tình trạng"), _("Người nộp"))
    return _section("khoan-thu", _("Phí, lệ phí"), columns, rows)


def _refunds(subject: Subject) -> Section:
    """What went back, and what must go back or had to for a while; what went back for such a duty is told once."""
    mine = {"charge__reference__in": _references(subject)}
    given = Refund.objects.filter(**mine).select_related("charge").order_by("-pk")[: MOST + 1]
    due = RefundDue.objects.filter(refund=None, **mine).select_related("charge").order_by("-pk")[: MOST + 1]
    told: list[tuple[Refund | RefundDue, str, datetime]] = [
        (one, Word(_("Đã hoàn trả")), one.made_at) for one in given
    ]
    told += [
        (one, Word(_("Không còn phải hoàn trả") if one.closed_at else _("Phải hoàn trả, chưa hoàn")), one.closed_at or one.made_at)
        for one in due
    ]  # fmt: skip
    rows = [
        (one.charge.code, one.charge.purpose, dong(one.amount), one.reason, state, at)
        for one, state, at in told
    ]
    columns = (_("Mã hồ sơ"), _("Nội dung thu"), _("Số tiền"), _("Lý do"), _("Tình trạng"), _("Lúc"))
    return _section("hoan-tra", _("Tiền hoàn trả"), columns, rows)


def _feedback(subject: Subject) -> Section:
    found = feedback_of(subject.profile)[: MOST + 1] if subject.profile else []
    rows = [
        (one.code, one.received_at, one.topic.name, one.content, one.get_state_display()) for one in found
    ]
    columns = (_("Mã"), _("Lúc gửi"), _("Về việc"), _("Nội dung"), _("Trạng thái"))
    note = _("Chỉ có phản ánh gửi kèm số điện thoại, thư điện tử đã xác nhận là của bạn.")
    return _section("phan-anh", _("Phản ánh, kiến nghị"), columns, rows, note)


def _consents(subject: Subject) -> Section:
    found = consents_of(subject.user, MOST + 1) if subject.user else []
    rows = [
        (one.at, one.label, _("Đồng ý") if one.given else _("Thôi đồng ý"), one.text_version, one.way)
        for one in found
    ]
    columns = (_("Lúc"), _("Mục đích"), _("Lựa chọn"), _("Bản lời hỏi"), _("Cách cho biết"))
    return _section("dong-y", _("Sự đồng ý"), columns, rows)


def _requests(subject: Subject) -> Section:
    found = DataRequest.objects.filter(user=subject.user).order_by("-pk")[: MOST + 1] if subject.user else []
    rows = [
        (one.code, KINDS[Kind(one.kind)], one.received_at, STATES[State(one.state)], one.answer)
        for one in found
    ]
    return _section(
        "yeu-cau",
        _("Yêu cầu về dữ liệu"),
        (_("Mã"), _("Yêu cầu"), _("Lúc"), _("Trạng thái"), _("Trả lời")),
        rows,
    )


def _looks(subject: Subject) -> Section:
    found = looks_at(_records(subject))[: MOST + 1]
    rows = [(one.at, one.actor_label, _FIELDS_SEEN.get(str(one.data.get("record", "")).partition("/")[0], ""), ", ".join(one.data.get("fields", []))) for one in found]  # fmt: skip
    note = _("Mỗi lần một cán bộ mở dữ liệu đã che của bạn đều được ghi.")
    return _section(
        "ai-da-xem",
        _("Ai đã xem dữ liệu của tôi"),
        (_("Lúc"), _("Cán bộ"), _("Xem trong"), _("Phần dữ liệu")),
        rows,
        note,
    )


_FIELDS_SEEN = {"dossier": "hồ sơ", "file": "tệp", "feedback": "phản ánh", "privacy": "yêu cầu về dữ liệu"}


class _LookedAt(Lookup):
    """The record of an event that tells of a look is one of these: word for word the condition of the index `event_looked_at`."""

    lookup_name = "looked_at"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        places = ", ".join(["%s"] * len(self.rhs))
        return f"{column} ->> 'record' IN ({places}) AND kind = 'view.personal_data'", (*params, *self.rhs)


def looks_at(records: Sequence[str]) -> Any:
    """Who opened personal data of records ("dossier/17"), the newest first; by an index of such events alone."""
    if not records:
        return Event.objects.none()
    return Event.objects.filter(_LookedAt(F("data"), list(records))).order_by("-pk")


def _records(subject: Subject) -> list[str]:
    """The records in which this person's data lies."""
    dossiers = list(dossiers_about(subject).values_list("pk", flat=True)[:MOST])
    files = DossierPaper.objects.filter(dossier__in=dossiers, file__isnull=False).values_list(
        "file_id", flat=True
    )
    found = [f"dossier/{pk}" for pk in dossiers] + [f"file/{pk}" for pk in files[:MOST]]
    if subject.profile:
        found += [f"feedback/{pk}" for pk in feedback_of(subject.profile).values_list("pk", flat=True)[:MOST]]
    if subject.user:
        found += [f"privacy/{pk}" for pk in subject.user.data_requests.values_list("pk", flat=True)[:MOST]]
    return found


_MAKERS: tuple[Callable[[Subject], Section], ...] = (
    _account, _rights, _sign_ins, _drafts, _dossiers, _parties, _forms, _papers, _held, _messages, _talks, _payments, _refunds, _feedback,
    _consents, _requests, _looks,
)  # fmt: skip
