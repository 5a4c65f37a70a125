"""Procedures (thủ tục hành chính) and their dated versions, with the parts that Decree 63/2010, article 8 asks for."""

from datetime import date

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Dated, Level
from motcua.core.validity import in_force


class Channel(models.TextChoices):
    """How a dossier comes in (national code 1 counter, 2 online, 3 public post)."""

    COUNTER = "counter", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    POST = "post", "Bưu chính công ích"


class Field(models.Model):
    """A field of administration (lĩnh vực)."""

    name = models.CharField("lĩnh vực", max_length=200, unique=True)
    code = models.CharField("mã lĩnh vực", max_length=30, blank=True)

    class Meta:
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure's lasting identity. Everything that may change hangs on a dated version."""

    class Kind(models.TextChoices):
        PUBLIC = "public", "Thủ tục hành chính"
        INTERNAL = "internal", "Thủ tục hành chính nội bộ"

    code = models.CharField("mã thủ tục", max_length=40, unique=True)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices, default=Kind.PUBLIC)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="được thay bằng"
    )
    portal_id = models.CharField("mã trên cổng quốc gia", max_length=60, blank=True)
    # {"csv": {"name": "<hash>", ...}, "json": {...}}: what each form of file last said, part by part, so that a
    # file imported again changes only what changed in it, and two sources that differ do not take turns.
    imported = models.JSONField("dấu vết các lần nhập", default=dict, editable=False)

    class Meta:
        verbose_name = "thủ tục hành chính"
        verbose_name_plural = "thủ tục hành chính"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """A procedure as it stood from one day to another. A dossier keeps the version that it was received under."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        PUBLISHED = "published", "Đã công bố"
        REPEALED = "repealed", "Bãi bỏ"

    class OnlineLevel(models.TextChoices):
        NONE = "none", "Không trực tuyến"
        LEVEL_1 = "level_1", "Mức độ 1"
        LEVEL_2 = "level_2", "Mức độ 2"
        LEVEL_3 = "level_3", "Mức độ 3"
        LEVEL_4 = "level_4", "Mức độ 4"
        PARTIAL = "partial", "Một phần"
        FULL = "full", "Toàn trình"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions", verbose_name="thủ tục")
    number = models.PositiveIntegerField("phiên bản")
    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    name = models.CharField("tên thủ tục", max_length=2000)
    search_text = models.TextField("chữ để tìm", editable=False, default="")
    field = models.ForeignKey(Field, models.PROTECT, verbose_name="lĩnh vực")
    levels = models.ManyToManyField(Level, verbose_name="cấp thực hiện", blank=True)
    levels_text = models.CharField("cấp thực hiện (nguyên văn)", max_length=200, blank=True)
    category = models.CharField("loại thủ tục", max_length=120, blank=True)
    decision_number = models.CharField("số quyết định công bố", max_length=120, blank=True)
    issuer = models.CharField("cơ quan công bố", max_length=200, blank=True)
    audiences = models.JSONField("đối tượng thực hiện", default=list, blank=True)
    steps_text = models.TextField("trình tự thực hiện", blank=True)
    agency_text = models.TextField("cơ quan thực hiện", blank=True)
    competent_authority = models.TextField("cơ quan có thẩm quyền", blank=True)
    delegated_authority = models.TextField("cơ quan được ủy quyền", blank=True)
    coordinating_agencies = models.TextField("cơ quan phối hợp", blank=True)
    reception_address = models.TextField("địa chỉ tiếp nhận", blank=True)
    conditions = models.TextField("yêu cầu, điều kiện", blank=True)
    copies_of_dossier = models.PositiveSmallIntegerField("số bộ hồ sơ", default=1)
    online_level = models.CharField(
        "mức độ trực tuyến", max_length=10, choices=OnlineLevel.choices, default=OnlineLevel.NONE
    )
    partial_reason = models.TextField("lý do chỉ một phần", blank=True)
    has_financial_obligation = models.BooleanField("có nghĩa vụ tài chính", default=False)
    keywords = models.CharField("từ khóa", max_length=300, blank=True)
    related = models.ManyToManyField(
        Procedure, verbose_name="thủ tục liên quan", blank=True, related_name="+"
    )
    supplement_grace_days = models.PositiveSmallIntegerField("số ngày chờ bổ sung", null=True, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    # Counts that a source states without giving the rows: {"channels": 3, "papers": 7, "legal_bases": 1}.
    stated_counts = models.JSONField("số lượng nguồn ghi", default=dict, blank=True)
    content_hash = models.CharField("mã băm nội dung", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "phiên bản thủ tục"
        verbose_name_plural = "phiên bản thủ tục"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedureversion_number")
        ]
        indexes = [
            models.Index(fields=["procedure", "valid_from"]),
            models.Index(fields=["status", "valid_from"], name="procedureversion_in_force"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_force(day: date) -> Q:
        """Published (or since repealed) versions in force on a legal date."""
        return ~Q(status="draft") & in_force(day)


class ChannelRule(models.Model):
    """Time limit of one version through one channel; channels may differ.

    An empty `unit` means that nobody has said yet what the amount counts: never guessed, listed for a person to
    settle. `unit_text` keeps the words of a source whose unit is unknown here. `variants` are further rows of
    the same channel for particular cases: [{"case", "amount", "unit", "unit_text", "fee_dong", "description"}].
    """

    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="channels", verbose_name="phiên bản"
    )
    channel = models.CharField("cách thức", max_length=8, choices=Channel.choices)
    amount = models.DecimalField("thời hạn", max_digits=8, decimal_places=2, null=True, blank=True)
    unit = models.CharField("đơn vị", max_length=12, blank=True)
    unit_text = models.CharField("đơn vị nguồn ghi", max_length=60, blank=True)
    fee_dong = models.BigIntegerField("phí, lệ phí ghi trong danh mục (đồng)", null=True, blank=True)
    description = models.TextField("mô tả", blank=True)
    variants = models.JSONField("mức khác theo trường hợp", default=list, blank=True)

    class Meta:
        verbose_name = "cách thức thực hiện"
        verbose_name_plural = "cách thức thực hiện"
        constraints = [models.UniqueConstraint(fields=["version", "channel"], name="channelrule_once")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.version}"


class Paper(models.Model):
    """A required paper (thành phần hồ sơ). Papers with the same `case` belong to one alternative case; empty: all cases."""

    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="papers", verbose_name="phiên bản"
    )
    case = models.CharField("trường hợp", max_length=600, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.TextField("tên giấy tờ")
    originals = models.PositiveSmallIntegerField("bản chính", default=1)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)
    required = models.BooleanField("bắt buộc", default=True)
    presented_only = models.BooleanField("chỉ xuất trình", default=False)
    note_only = models.BooleanField("chỉ là ghi chú", default=False)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    available_in_database = models.CharField("có trong cơ sở dữ liệu", max_length=120, blank=True)
    form_name = models.CharField("mẫu đơn", max_length=200, blank=True)
    form_file_id = models.BigIntegerField("tệp mẫu đơn", null=True, blank=True)
    sample_file_id = models.BigIntegerField("tệp mẫu đã điền", null=True, blank=True)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name[:80]


class ResultType(models.Model):
    """A result that a version yields (kết quả thực hiện), e.g. KQ.G15.000031 Giấy khai sinh."""

    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="results", verbose_name="phiên bản"
    )
    code = models.CharField("mã kết quả", max_length=40, blank=True)
    name = models.CharField("tên kết quả", max_length=600, blank=True)

    class Meta:
        verbose_name = "kết quả thực hiện"
        verbose_name_plural = "kết quả thực hiện"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or self.code


class LegalBasis(models.Model):
    """A document that a version rests on (căn cứ pháp lý)."""

    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="legal_bases", verbose_name="phiên bản"
    )
    number = models.CharField("số, ký hiệu", max_length=120)
    title = models.TextField("trích yếu", blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)

    class Meta:
        verbose_name = "căn cứ pháp lý"
        verbose_name_plural = "căn cứ pháp lý"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class Offering(Dated):
    """An agency resolves a procedure from one day to another, perhaps in a reduced time of its own."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="offerings", verbose_name="thủ tục")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="offerings", verbose_name="cơ quan giải quyết"
    )
    reduced_amount = models.DecimalField(
        "thời hạn đã cắt giảm", max_digits=8, decimal_places=2, null=True, blank=True
    )
    reduced_unit = models.CharField("đơn vị", max_length=12, blank=True)
    reduced_document = models.CharField("văn bản cắt giảm", max_length=200, blank=True)
    non_territorial = models.BooleanField("tiếp nhận phi địa giới", default=False)
    by_post = models.BooleanField("nhận qua bưu chính công ích", default=True)
    online_level = models.CharField(
        "mức độ trực tuyến tại cơ quan",
        max_length=10,
        choices=ProcedureVersion.OnlineLevel.choices,
        blank=True,
    )
    desk = models.CharField("quầy", max_length=30, blank=True)

    class Meta:
        verbose_name = "nơi thực hiện thủ tục"
        verbose_name_plural = "nơi thực hiện thủ tục"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "agency", "valid_from"], name="offering_once")
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} tại {self.agency}"


class ResultTemplate(Dated):
    """The document from which an agency makes the result of a procedure, from one day to another (DOMAIN 5.1, local data). It
    belongs to the two, not to one offering, so that a changed time limit does not lose it.
    """

    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="result_templates", verbose_name="thủ tục"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="result_templates", verbose_name="cơ quan giải quyết"
    )
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="tệp mẫu")

    class Meta:
        verbose_name = "mẫu kết quả"
        verbose_name_plural = "mẫu kết quả"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "agency", "valid_from"], name="result_template_once")
        ]

    def __str__(self) -> str:
        return f"Mẫu kết quả {self.procedure.code} tại {self.agency}"
