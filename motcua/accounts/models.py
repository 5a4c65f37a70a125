"""Who signs in. What a member of staff may do comes from posts in agencies (`agencies`), never from here; what a citizen
may do comes from being the person, or from a recorded right to act for another (`Representation`, `Authorisation`).
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from motcua.accounts.rules.assistance import VISIT
from motcua.core.identity import Document
from motcua.core.statements import Statement
from motcua.core.text import fold


def search_text_of(user: "User") -> str:
    """What an accent-free search of people looks in: name and sign-in name."""
    return fold(f"{user.full_name} {user.username}")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Make an account; a None password cannot sign in."""
        user = self.model(username=username.lower(), **fields)
        user.search_text = search_text_of(user)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get(self, *args: Any, **wanted: Any) -> "User":
        """One account; by its key alone, as every request of who has signed in asks, with a statement built once."""
        if args or wanted.keys() != {"pk"} or type(self) is not UserManager or type(wanted["pk"]) is not int:
            return super().get(*args, **wanted)
        found = _BY_KEY.rows(pk=wanted["pk"])
        if not found:
            raise User.DoesNotExist("User matching query does not exist.")
        return found[0]


class User(AbstractBaseUser):
    """An account of an officer or of a citizen."""

    class Kind(models.TextChoices):
        STAFF = "staff", "Cán bộ"
        CITIZEN = "citizen", "Công dân"
        SYSTEM = "system", "Hệ thống"

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    kind = models.CharField("loại tài khoản", max_length=10, choices=Kind.choices, default=Kind.STAFF)
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    has_totp = models.BooleanField("có xác thực hai lớp", default=False)
    password_changed_at = models.DateTimeField("lúc đổi mật khẩu", null=True, blank=True)
    preferences = models.JSONField("cách hiển thị ưa dùng", default=dict, editable=False)
    search_text = models.CharField("chữ để tìm", max_length=200, editable=False, default="")
    created_at = models.DateTimeField("lúc tạo", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_staff_member(self) -> bool:
        return self.kind == self.Kind.STAFF

    @property
    def is_citizen(self) -> bool:
        return self.kind == self.Kind.CITIZEN


_BY_KEY: Statement[User] = Statement(lambda pk: User.objects.filter(pk=pk), pk=int)


class Profile(models.Model):
    """What a citizen told us of themselves, once, so that no form asks again. `phone` and `email` are proven by a one-time
    code. The identity number is proven only from `assurance` substantial on: until then it is what somebody typed in.
    """

    class Assurance(models.TextChoices):
        LOW = "low", "Mức thấp: tự khai"
        SUBSTANTIAL = "substantial", "Mức cơ bản: đã đối chiếu giấy tờ"
        HIGH = "high", "Mức cao: định danh điện tử mức 2"

    class Language(models.TextChoices):
        VI = "vi", "Tiếng Việt"
        EN = "en", "English"

    class Gender(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    user = models.OneToOneField(
        User, models.CASCADE, related_name="profile", primary_key=True, verbose_name="tài khoản"
    )
    identity_number = models.CharField("số định danh, số hộ chiếu", max_length=12, blank=True)
    # Three letters as in the passport (ICAO Doc 9303); empty: the number is a personal number of Viet Nam.
    document_country = models.CharField("nước cấp hộ chiếu", max_length=3, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=6, choices=Gender.choices, blank=True)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    address_unit_code = models.CharField("mã đơn vị hành chính của địa chỉ", max_length=12, blank=True)
    assurance = models.CharField(
        "mức độ bảo đảm", max_length=12, choices=Assurance.choices, default=Assurance.LOW
    )
    assured_at = models.DateTimeField("lúc xác minh danh tính", null=True, blank=True)
    language = models.CharField("ngôn ngữ", max_length=2, choices=Language.choices, default=Language.VI)

    class Meta:
        verbose_name = "thông tin cá nhân của tài khoản"
        verbose_name_plural = "thông tin cá nhân của tài khoản"
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="profile_phone_once"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="profile_email_once"),
            models.UniqueConstraint(
                fields=["identity_number", "document_country"],
                condition=~Q(identity_number="") & ~Q(assurance="low"),
                name="profile_identity_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_proven(self) -> bool:
        """Whether the identity number is known to be this person's."""
        return bool(self.identity_number) and self.assurance != self.Assurance.LOW

    @property
    def document(self) -> Document:
        """What the person says, or has proven, who they are by."""
        return Document(self.identity_number, self.document_country)


class Organisation(models.Model):
    """An enterprise, household business or organisation that acts through people. `confirmed_at`: when an office compared the
    tax code with the registration paper; until then it is what somebody declared, and one tax code may be declared twice.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", "Doanh nghiệp"
        HOUSEHOLD = "household", "Hộ kinh doanh"
        ORGANISATION = "organisation", "Tổ chức"

    name = models.CharField("tên", max_length=250)
    tax_code = models.CharField("mã số thuế", max_length=14)
    kind = models.CharField("loại", max_length=12, choices=Kind.choices, default=Kind.ENTERPRISE)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    confirmed_at = models.DateTimeField("lúc đối chiếu giấy đăng ký", null=True, blank=True)
    created_at = models.DateTimeField("lúc khai")

    class Meta:
        verbose_name = "doanh nghiệp, tổ chức"
        verbose_name_plural = "doanh nghiệp, tổ chức"
        indexes = [models.Index(fields=["tax_code"], name="organisation_tax_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"], condition=Q(confirmed_at__isnull=False), name="organisation_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Representation(models.Model):
    """Somebody acts for an organisation over some dates (both included); a representative also invites and ends others."""

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", "Người đại diện"
        STAFF = "staff", "Nhân viên"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="people", verbose_name="doanh nghiệp, tổ chức"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="represents", verbose_name="người")
    role = models.CharField("vai trò", max_length=14, choices=Role.choices, default=Role.STAFF)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "người của doanh nghiệp, tổ chức"
        verbose_name_plural = "người của doanh nghiệp, tổ chức"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(valid_to=None), name="representation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.organisation})"


class Invitation(models.Model):
    """Somebody is asked to act for an organisation. Whoever proves the phone number or e-mail by a one-time code may accept."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name="doanh nghiệp, tổ chức"
    )
    role = models.CharField("vai trò", max_length=14, choices=Representation.Role.choices)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người mời")
    invited_at = models.DateTimeField("lúc mời")
    expires_at = models.DateTimeField("hết hạn lúc")
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người nhận lời"
    )
    ended_at = models.DateTimeField("lúc trả lời hoặc hủy", null=True)

    class Meta:
        verbose_name = "lời mời vào doanh nghiệp, tổ chức"
        verbose_name_plural = "lời mời vào doanh nghiệp, tổ chức"
        indexes = [
            models.Index(fields=["phone"], condition=Q(ended_at=None), name="invitation_phone"),
            models.Index(fields=["email"], condition=Q(ended_at=None), name="invitation_email"),
        ]


class Authorisation(models.Model):
    """One person may act for another (văn bản ủy quyền): for one procedure or, with an empty scope, for all; over some dates
    (both included); until it is revoked. Giấy ủy quyền: Bộ luật Dân sự 2015, Điều 138, 140, 562, 563.
    """

    principal = models.ForeignKey(
        User, models.PROTECT, related_name="authorises", verbose_name="người ủy quyền"
    )
    agent = models.ForeignKey(
        User, models.PROTECT, related_name="authorised_by", verbose_name="người được ủy quyền"
    )
    scope = models.CharField("mã thủ tục được ủy quyền", max_length=40, blank=True)
    document = models.CharField("văn bản ủy quyền", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi nhận")
    recorded_at = models.DateTimeField("lúc ghi nhận")
    revoked_at = models.DateTimeField("lúc thu hồi", null=True)

    class Meta:
        verbose_name = "ủy quyền"
        verbose_name_plural = "ủy quyền"
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("agent")), name="authorisation_of_another")
        ]

    def __str__(self) -> str:
        return f"{self.principal} → {self.agent}"


class Assistance(models.Model):
    """A clerk or community helper filed something for a citizen who was present and agreed (`consent`: the words that were
    read to them). The citizen takes it over later, when they sign in with the same phone and identity number.
    """

    helper = models.ForeignKey(User, models.PROTECT, related_name="assisted", verbose_name="người hỗ trợ")
    full_name = models.CharField("họ và tên người dân", max_length=120)
    identity_number = models.CharField("số định danh, số hộ chiếu", max_length=12)
    document_country = models.CharField("nước cấp hộ chiếu", max_length=3, blank=True)
    phone = models.CharField("số điện thoại", max_length=16)
    place = models.CharField("nơi hỗ trợ", max_length=200, blank=True)
    consent = models.CharField("lời đồng ý đã đọc", max_length=400)
    checked_card = models.BooleanField("đã xem giấy tờ tùy thân", default=False)
    started_at = models.DateTimeField("lúc bắt đầu")
    citizen = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="assistances", verbose_name="người dân"
    )
    claimed_at = models.DateTimeField("lúc người dân nhận về", null=True)
    # The person read out the code that their phone got: only then is what their account knows used for them.
    phone_confirmed_at = models.DateTimeField("lúc xác nhận bằng mã trên điện thoại", null=True)
    ended_at = models.DateTimeField("lúc kết thúc", null=True)

    class Meta:
        verbose_name = "lượt hỗ trợ nộp hồ sơ"
        verbose_name_plural = "lượt hỗ trợ nộp hồ sơ"
        indexes = [models.Index(fields=["phone"], condition=Q(citizen=None), name="assistance_unclaimed")]

    def is_open(self, at: datetime) -> bool:
        """Whether the person is still there: not ended, and not longer ago than a visit lasts."""
        return self.ended_at is None and self.started_at <= at < self.started_at + VISIT


class OneTimeCode(models.Model):
    """A code sent to a phone or mailbox. Neither the address nor the code is here: only keyed hashes of both."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "Đăng nhập"
        ADDRESS = "address", "Xác minh điện thoại, thư điện tử"
        ASSIST = "assist", "Đồng ý để được nộp hộ"

    address_key = models.CharField("khóa địa chỉ", max_length=64)
    purpose = models.CharField("mục đích", max_length=8, choices=Purpose.choices)
    code_hash = models.CharField("mã đã băm", max_length=64)
    ip = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    tries = models.PositiveSmallIntegerField("số lần nhập sai", default=0)
    created_at = models.DateTimeField("lúc tạo")
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("lúc dùng", null=True)

    class Meta:
        verbose_name = "mã đăng nhập một lần"
        verbose_name_plural = "mã đăng nhập một lần"
        indexes = [
            models.Index(fields=["address_key", "created_at"], name="otp_address"),
            models.Index(fields=["ip", "created_at"], name="otp_ip"),
        ]


class Consent(models.Model):
    """One "yes" or "no" to one purpose, append-only by trigger: who (an account, or the keyed hash of an address), when, to which
    text, by which way (Luật 91/2025/QH15, NĐ 356/2025). Written by `actions.record_consent` alone.
    """

    class Channel(models.TextChoices):
        ONLINE = "online", "Trực tuyến"
        COUNTER = "counter", "Tại quầy, bản giấy"

    user = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="consents", verbose_name="tài khoản"
    )
    subject_key = models.CharField("khóa địa chỉ", max_length=64, blank=True, db_index=True)
    purpose = models.CharField("mục đích", max_length=20)
    given = models.BooleanField("đồng ý")
    text_version = models.CharField("bản lời hỏi", max_length=40)
    channel = models.CharField("kênh", max_length=8, choices=Channel.choices)
    source = models.CharField("cách cho biết", max_length=10)
    reference = models.CharField("bản ghi liên quan", max_length=80, blank=True)
    at = models.DateTimeField("lúc")
    actor_id = models.BigIntegerField("mã tài khoản ghi nhận", null=True)

    class Meta:
        verbose_name = "sự đồng ý"
        verbose_name_plural = "sự đồng ý"
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(subject_key=""), name="consent_of_somebody"
            )
        ]


class IdentityProvider(models.Model):
    """A national or provincial sign-on over OpenID Connect. `claims`: our field -> its claim; `levels`: the provider's level of
    assurance (acr) -> ours. Both are agreed with the provider and differ between them, so they are rows, not code.
    """

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên hiện trên nút", max_length=100)
    issuer = models.CharField("địa chỉ máy chủ định danh", max_length=300)
    client_id = models.CharField("mã ứng dụng", max_length=200)
    secret_env = models.CharField("biến môi trường giữ khóa", max_length=60)
    scope = models.CharField("phạm vi xin", max_length=200, default="openid profile")
    claims = models.JSONField("ánh xạ thông tin", default=dict)
    levels = models.JSONField("ánh xạ mức độ bảo đảm", default=dict)
    valid_from = models.DateField("dùng từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "nguồn đăng nhập một lần"
        verbose_name_plural = "nguồn đăng nhập một lần"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class IdentityLink(models.Model):
    """An account at a provider and ours are one person: made by an explicit step, never by e-mail."""

    provider = models.ForeignKey(
        IdentityProvider, models.PROTECT, related_name="links", verbose_name="nguồn đăng nhập một lần"
    )
    subject = models.CharField("mã người dùng ở nguồn", max_length=255)
    user = models.ForeignKey(User, models.CASCADE, related_name="links", verbose_name="tài khoản")
    linked_at = models.DateTimeField("lúc liên kết")

    class Meta:
        verbose_name = "liên kết đăng nhập một lần"
        verbose_name_plural = "liên kết đăng nhập một lần"
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_link_once"),
            models.UniqueConstraint(fields=["provider", "user"], name="identity_link_one_account"),
        ]
