"""Agencies, one-stop offices, posts and who holds them, roles, delegation, dated settings.

Levels are data: a district is a row with a level that ended on 1-7-2025, not a class.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.core.validity import in_force


class Dated(models.Model):
    """A row in force from `valid_from` to `valid_to`, both inclusive; no end while `valid_to` is empty."""

    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def in_force(day: date) -> Q:
        """The filter for rows in force on a legal date."""
        return in_force(day)


class Level(Dated):
    """A level of government: province, district (until 30-6-2025), commune."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên cấp", max_length=60)
    rank = models.PositiveSmallIntegerField("thứ bậc", help_text="1 là cao nhất")
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "cấp hành chính"
        verbose_name_plural = "cấp hành chính"
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name


class Agency(Dated):
    """An agency or one of its divisions. `path` holds the ids from the root, "/1/4/9/", for subtree
    questions.
    """

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "Ủy ban nhân dân"
        DEPARTMENT = "department", "Sở, ngành"
        DIVISION = "division", "Phòng, ban"
        CENTRE = "centre", "Trung tâm, đơn vị sự nghiệp"
        VERTICAL = "vertical", "Cơ quan ngành dọc"

    class Sector(models.TextChoices):
        NONE = "", "Không"
        POLICE = "police", "Công an"
        INSURANCE = "insurance", "Bảo hiểm xã hội"
        TAX = "tax", "Thuế"
        LAND = "land", "Đăng ký đất đai"

    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=60, blank=True)
    code = models.CharField("mã định danh", max_length=35, blank=True, help_text="dạng H40.12")
    level = models.ForeignKey(Level, models.PROTECT, verbose_name="cấp", null=True, blank=True)
    kind = models.CharField("loại cơ quan", max_length=12, choices=Kind.choices)
    sector = models.CharField("ngành dọc", max_length=12, choices=Sector.choices, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trực thuộc"
    )
    path = models.CharField("đường dẫn", max_length=200, editable=False, db_index=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="cơ quan kế thừa",
    )
    heritage = models.JSONField(
        "cơ quan đã kế thừa", default=dict, editable=False, help_text="mã số cơ quan: kế thừa từ ngày nào"
    )
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    place_name = models.CharField(
        "địa danh", max_length=80, blank=True, help_text="ghi trước ngày tháng trên văn bản"
    )
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    website = models.CharField("trang thông tin", max_length=120, blank=True)
    search_text = models.CharField("chữ để tìm", max_length=300, editable=False, default="")

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def chain_ids(self) -> list[int]:
        """Ids from the root down to this agency, read from `path`."""
        return [int(part) for part in self.path.strip("/").split("/") if part]

    @property
    def depth(self) -> int:
        """How many agencies stand above this one."""
        return len(self.chain_ids) - 1


class Placement(Dated):
    """Under which agency one stood, and when: the tree as it was on a past date. `Agency.parent` is the
    present one.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="placements", verbose_name="cơ quan")
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="trực thuộc")
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        verbose_name = "quan hệ trực thuộc"
        verbose_name_plural = "quan hệ trực thuộc"
        indexes = [models.Index(fields=["agency", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.agency} thuộc {self.parent}"


class OneStopOffice(Dated):
    """A one-stop office (Bộ phận Một cửa), or a public administration service centre that pools several
    agencies' counters.
    """

    class Kind(models.TextChoices):
        OFFICE = "office", "Bộ phận Một cửa"
        CENTRE = "centre", "Trung tâm Phục vụ hành chính công"

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="offices", verbose_name="cơ quan chủ quản"
    )
    name = models.CharField("tên bộ phận", max_length=200)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices, default=Kind.OFFICE)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    coordinates = models.CharField(
        "tọa độ", max_length=24, blank=True, help_text="vĩ độ, kinh độ: 15.68010,108.22030"
    )

    class Meta:
        verbose_name = "bộ phận một cửa"
        verbose_name_plural = "bộ phận một cửa"

    def __str__(self) -> str:
        return self.name


class Seat(Dated):
    """An agency seated at a one-stop office from a date: its own, or a vertical one (police, insurance,
    tax, land).
    """

    office = models.ForeignKey(
        OneStopOffice, models.PROTECT, related_name="seats", verbose_name="bộ phận một cửa"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="seats", verbose_name="cơ quan")
    desk = models.CharField("quầy", max_length=30, blank=True)
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        verbose_name = "quầy của cơ quan"
        verbose_name_plural = "quầy của cơ quan"

    def __str__(self) -> str:
        return f"{self.agency} tại {self.office}"


class Role(models.Model):
    """A named set of permissions (codes of `agencies.rules.permissions`).

    `grants` may be handed to others through posts, but are not held.
    """

    code = models.SlugField("mã vai trò", unique=True)
    name = models.CharField("vai trò", max_length=120)
    permissions = models.JSONField("quyền", default=list)
    grants = models.JSONField("quyền được giao cho người khác", default=list)
    requires_totp = models.BooleanField("bắt buộc xác thực hai lớp", default=False)

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A position in an agency, e.g. Công chức Tư pháp - hộ tịch. Roles hang on the post, people come and
    go.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name="cơ quan")
    title = models.CharField("chức danh", max_length=160)

    class Meta:
        verbose_name = "vị trí"
        verbose_name_plural = "vị trí"

    def __str__(self) -> str:
        return f"{self.title}, {self.agency}"


class PostRole(models.Model):
    """A role that a post carries, in one agency or in its whole subtree."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="roles", verbose_name="vị trí")
    role = models.ForeignKey(Role, models.PROTECT, verbose_name="vai trò")
    scope = models.ForeignKey(Agency, models.PROTECT, verbose_name="phạm vi")
    subtree = models.BooleanField("cả đơn vị trực thuộc", default=False)

    class Meta:
        verbose_name = "vai trò của vị trí"
        verbose_name_plural = "vai trò của vị trí"
        constraints = [models.UniqueConstraint(fields=["post", "role", "scope"], name="postrole_once")]

    def __str__(self) -> str:
        return f"{self.role} ({self.scope})"


class Assignment(Dated):
    """An officer holds a post for a time; several at once are possible."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name="công chức"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments", verbose_name="vị trí")
    is_main = models.BooleanField("vị trí chính", default=True)
    document = models.CharField("quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "phân công vị trí"
        verbose_name_plural = "phân công vị trí"
        indexes = [models.Index(fields=["user", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.post}"


class Delegation(Dated):
    """The powers of an assignment lent to another officer for a period (ủy quyền). Lent powers are not
    lent on.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="delegations", verbose_name="vị trí được ủy quyền"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="delegations_received",
        verbose_name="người được ủy quyền",
    )
    roles = models.JSONField("vai trò được ủy quyền", default=list, help_text="mã vai trò; rỗng là tất cả")
    document = models.CharField("văn bản ủy quyền", max_length=200)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        verbose_name = "ủy quyền"
        verbose_name_plural = "ủy quyền"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False) & Q(valid_to__gte=F("valid_from")),
                name="delegation_period",
            )
        ]
        indexes = [models.Index(fields=["to_user", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.assignment} → {self.to_user}"


class DatedSetting(Dated):
    """A fact of law or practice that may change: value by date, for one agency and its subtree or (no
    agency) for all.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, verbose_name="cơ quan")
    key = models.CharField("tham số", max_length=60)
    value = models.JSONField("giá trị")
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "tham số"
        verbose_name_plural = "tham số"
        indexes = [models.Index(fields=["key", "valid_from"])]
        constraints = [
            models.UniqueConstraint(fields=["key", "agency", "valid_from"], name="setting_once_a_day"),
            models.UniqueConstraint(
                fields=["key", "valid_from"], condition=Q(agency=None), name="setting_national_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
