"""Who signs in. What a person may do comes from posts in agencies (`agencies`), never from here."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

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


class User(AbstractBaseUser):
    """An account of an officer or (later) of a citizen."""

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
