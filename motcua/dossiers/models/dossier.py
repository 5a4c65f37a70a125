"""The dossier (hồ sơ), its parties and its papers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, OneStopOffice
from motcua.core.countries import country_name
from motcua.dossiers.rules.states import LABELS, Delivery, Payment, Status
from motcua.procedures.models import Field, Paper, Procedure, ProcedureVersion
from motcua.procedures.models.catalogue import Channel

STATUS_CHOICES = [(s.value, LABELS[s]) for s in Status]
# States in which somebody still owes the citizen work; the partial indexes of open work rest on them.
OPEN_STATUSES = [
    s.value
    for s in (
        Status.RECEIVED, Status.TRANSFERRED, Status.IN_REVIEW, Status.WAIT_OPINION, Status.POST_SUPPLEMENT,
        Status.WAIT_FINANCE, Status.FOR_SIGNATURE, Status.WITHDRAW_REQUESTED,
    )
]  # fmt: skip
# States before reception in which an office owes the citizen an answer, or waits for one.
WAITING_STATUSES = [Status.SUBMITTED.value, Status.PRE_SUPPLEMENT.value]
# States in which the clock rests.
PAUSED_STATUSES = [Status.POST_SUPPLEMENT.value, Status.WAIT_FINANCE.value]


class Party(models.Model):
    """A person or organisation as stated in one dossier, kept as it was then."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "Công dân"
        ENTERPRISE = "enterprise", "Doanh nghiệp"
        HOUSEHOLD = "household", "Hộ kinh doanh"
        ORGANISATION = "organisation", "Tổ chức, cơ quan"

    kind = models.CharField("đối tượng", max_length=12, choices=Kind.choices, default=Kind.CITIZEN)
    name = models.CharField("họ tên, tên tổ chức", max_length=250)
    search_name = models.CharField("tên để tìm", max_length=250, editable=False)
    identity_number = models.CharField("số định danh", max_length=20, blank=True)
    identity_country = models.CharField("nước cấp hộ chiếu", max_length=3, blank=True)
    tax_code = models.CharField("mã số thuế", max_length=14, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=6, blank=True)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=400, blank=True)

    class Meta:
        verbose_name = "người trong hồ sơ"
        verbose_name_plural = "người trong hồ sơ"
        indexes = [
            models.Index(fields=["identity_number"], condition=~Q(identity_number=""), name="party_identity"),
            models.Index(fields=["tax_code"], condition=~Q(tax_code=""), name="party_tax"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="party_phone"),
            models.Index(fields=["search_name"], name="party_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def issuer(self) -> str:
        """The country whose passport bears the number, by name; empty for a Vietnamese personal number."""
        return country_name(self.identity_country)


class Dossier(models.Model):
    """One dossier. `due_at` only mirrors the last ClockEntry: a trigger refuses any other value."""

    code = models.CharField("mã hồ sơ", max_length=60, unique=True, null=True)
    temporary_number = models.CharField("số tạm", max_length=30, blank=True)
    status = models.CharField("trạng thái", max_length=20, choices=STATUS_CHOICES)
    channel = models.CharField("kênh tiếp nhận", max_length=8, choices=Channel.choices)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="dossiers", verbose_name="thủ tục")
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="dossiers", verbose_name="phiên bản thủ tục"
    )
    field = models.ForeignKey(Field, models.PROTECT, verbose_name="lĩnh vực")
    case = models.CharField("trường hợp", max_length=600, blank=True)
    limit_case = models.CharField("trường hợp về thời hạn", max_length=600, blank=True)
    office = models.ForeignKey(OneStopOffice, models.PROTECT, verbose_name="bộ phận một cửa tiếp nhận")
    receiving_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="cơ quan tiếp nhận"
    )
    resolving_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết"
    )
    applicant = models.ForeignKey(Party, models.PROTECT, related_name="dossiers", verbose_name="chủ hồ sơ")
    submitter = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nộp"
    )
    authorisation = models.CharField("giấy ủy quyền, quan hệ", max_length=300, blank=True)
    content = models.TextField("nội dung yêu cầu", blank=True)
    copies_of_dossier = models.PositiveSmallIntegerField("số bộ", default=1)

    submitted_at = models.DateTimeField("lúc nộp", null=True, blank=True)
    received_at = models.DateTimeField("lúc tiếp nhận", null=True, blank=True)
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tiếp nhận"
    )
    acceptance_due_at = models.DateTimeField("hạn tiếp nhận", null=True, blank=True)
    limit_amount = models.DecimalField("thời hạn", max_digits=8, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField("đơn vị", max_length=12, blank=True)
    statutory_amount = models.DecimalField(
        "thời hạn theo quy định", max_digits=8, decimal_places=2, null=True, blank=True
    )
    statutory_unit = models.CharField("đơn vị theo quy định", max_length=12, blank=True)
    due_at = models.DateTimeField("hạn trả kết quả", null=True, blank=True, editable=False)
    original_due_at = models.DateTimeField("hạn trả ban đầu", null=True, blank=True, editable=False)
    due_provisional = models.BooleanField("hạn tạm tính", default=False, editable=False)
    ready_at = models.DateTimeField("lúc có kết quả", null=True, blank=True)
    ended_at = models.DateTimeField("lúc kết thúc", null=True, blank=True)
    # The first time; a corrected result is handed out as its `ErrorCorrection` says.
    returned_at = models.DateTimeField("lúc trả kết quả", null=True, blank=True)
    returned_to = models.CharField("người nhận kết quả", max_length=250, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người trả kết quả",
    )
    late_cause = models.CharField("nguyên nhân quá hạn", max_length=30, blank=True)
    late_note = models.CharField("giải trình quá hạn", max_length=500, blank=True)

    payment = models.CharField(
        "thanh toán", max_length=10, choices=[(p.value, p.value) for p in Payment], default=Payment.NONE.value
    )
    delivery = models.CharField(
        "hình thức nhận kết quả",
        max_length=8,
        choices=[(d.value, d.value) for d in Delivery],
        default=Delivery.COUNTER.value,
    )
    delivery_state = models.CharField("tình trạng giao", max_length=20, blank=True)
    postal_number = models.CharField("số hiệu bưu gửi", max_length=13, blank=True)
    register_year = models.PositiveSmallIntegerField("sổ năm", null=True, blank=True)
    register_number = models.PositiveIntegerField("số thứ tự trong sổ", null=True, blank=True)
    status_before = models.CharField("trạng thái trước khi đề nghị rút", max_length=20, blank=True)
    withdrawal_reason = models.CharField("lý do rút", max_length=500, blank=True)
    current_stage = models.PositiveSmallIntegerField("bước hiện tại", default=0)
    external_code = models.CharField("mã hồ sơ ở hệ thống khác", max_length=80, blank=True)

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "register_year", "register_number"], name="dossier_register_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["resolving_agency", "due_at"],
                condition=Q(status__in=OPEN_STATUSES),
                name="dossier_open_due",
            ),
            models.Index(
                fields=["resolving_agency", "id"],
                condition=Q(status__in=PAUSED_STATUSES),
                name="dossier_paused",
            ),
            # Submissions that wait for acceptance: few rows, asked by the counter's queue and every minute by the timer.
            models.Index(
                fields=["acceptance_due_at", "office"],
                condition=Q(status__in=WAITING_STATUSES),
                name="dossier_waiting",
            ),
            # The number that one follows a dossier by until it is received.
            models.Index(
                fields=["temporary_number"], condition=~Q(temporary_number=""), name="dossier_temporary"
            ),
            models.Index(fields=["receiving_agency", "received_at"], name="dossier_receiving"),
            models.Index(fields=["resolving_agency", "received_at"], name="dossier_resolving"),
            models.Index(
                fields=["office", "status"],
                condition=Q(status__in=["result_ready", "wait_collect"]),
                name="dossier_to_collect",
            ),
            # Reports are counted from this index alone (docs/decisions/0065-fast-figures.md).
            models.Index(
                fields=["resolving_agency", "ended_at"],
                include=[
                    "id",
                    "received_at",
                    "submitted_at",
                    "due_at",
                    "ready_at",
                    "returned_at",
                    "field",
                    "procedure",
                    "version",
                    "channel",
                    "status",
                    "late_cause",
                ],
                name="dossier_figures",
            ),
            models.Index(
                fields=["resolving_agency", "returned_at"],
                include=["id", "ended_at", "ready_at", "field", "procedure"],
                condition=Q(ready_at__isnull=False),
                name="dossier_collected",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.temporary_number


class DossierPaper(models.Model):
    """A paper of the dossier's checklist: what was handed in, what was only presented, its scan."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers", verbose_name="hồ sơ")
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, verbose_name="thành phần theo danh mục"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.TextField("tên giấy tờ")
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)
    electronic = models.PositiveSmallIntegerField("bản điện tử", default=0)
    presented_only = models.BooleanField("chỉ xuất trình", default=False)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, verbose_name="bản quét"
    )
    waiver = models.CharField("lý do không phải nộp", max_length=300, blank=True)
    added_by_supplement = models.BooleanField("nộp khi bổ sung", default=False)
    # With `replaced_at` they say what was digitised at any moment (queries.papers); acts set each of them once.
    handed_in_at = models.DateTimeField("lúc nộp")
    electronic_at = models.DateTimeField("lúc có bản điện tử", null=True, blank=True)
    # A key to the table itself would keep PostgreSQL from cutting it by year; a trigger refuses more than that key would.
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho", db_constraint=False
    )  # fmt: skip
    replaced_at = models.DateTimeField("lúc được thay", null=True, blank=True)
    original_returned_at = models.DateTimeField("lúc trả bản chính", null=True, blank=True)

    class Meta:
        verbose_name = "giấy tờ trong hồ sơ"
        verbose_name_plural = "giấy tờ trong hồ sơ"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(electronic=0, file=None) | Q(electronic_at__isnull=False),
                name="paper_electronic_since",
            )
        ]


class FormerResolver(models.Model):
    """Who resolved a dossier until it was carried over to a successor, so that a report of the past still finds it there."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="former_resolvers", verbose_name="hồ sơ"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết")
    until = models.DateTimeField("đến lúc")

    class Meta:
        verbose_name = "cơ quan giải quyết trước đây"
        verbose_name_plural = "cơ quan giải quyết trước đây"
        indexes = [models.Index(fields=["agency", "until"], name="former_resolver_agency")]
