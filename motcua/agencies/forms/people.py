"""Forms on posts, people, roles, delegations and settings."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.agencies.forms.fields import AgencyField, PostField, document_field, end_field, limit, start_field
from motcua.agencies.models import Agency, Post, Role
from motcua.agencies.rules.permissions import grouped
from motcua.agencies.rules.settings import Kind, Setting


class PostForm(forms.Form):
    """A new post."""

    title = forms.CharField(
        label="Chức danh", max_length=160, help_text="Ví dụ: Công chức Tư pháp - hộ tịch."
    )
    valid_from = start_field()


class PostRoleForm(forms.Form):
    """A role for a post, in a place."""

    role = forms.ModelChoiceField(
        Role.objects.all(), label="Vai trò", to_field_name="code", empty_label="Chọn…"
    )
    scope = AgencyField(label="Có hiệu lực tại")
    subtree = forms.BooleanField(label="và mọi đơn vị trực thuộc", required=False)

    def __init__(self, *args: Any, scopes: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "scope", scopes)


class PersonForm(forms.Form):
    """A person's name and contact details."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    email = forms.EmailField(label="Thư điện tử", required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)


class AssignForm(forms.Form):
    """A post for a person."""

    post = PostField(label="Vị trí")
    valid_from = start_field()
    valid_to = end_field("Đến hết ngày", required=False, help_text="Để trống nếu chưa biết.")
    is_main = forms.BooleanField(label="Là vị trí chính", required=False, initial=True)
    document = document_field(required=False)

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "post", posts)


class NewPersonForm(PersonForm):
    """A new account and its first post."""

    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, help_text="Chữ không dấu, chữ số, dấu chấm; ví dụ lan.tran."
    )
    post = PostField(label="Vị trí")
    valid_from = start_field()
    document = document_field(required=False)
    field_order = ("full_name", "username", "post", "valid_from", "document", "email", "phone")

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "post", posts)


class PeopleFilter(forms.Form):
    """Which people to show."""

    q = forms.CharField(label="Tìm theo tên, tên đăng nhập", required=False)


class DeactivateForm(forms.Form):
    """Why an account is closed."""

    document = document_field(required=False)


class RoleForm(forms.Form):
    """A role: name, permissions, second factor."""

    name = forms.CharField(label="Tên vai trò", max_length=120)
    requires_totp = forms.BooleanField(label="Bắt buộc xác thực hai lớp", required=False)
    permissions = forms.MultipleChoiceField(
        label="Quyền", choices=grouped, required=False, widget=forms.CheckboxSelectMultiple
    )


class NewRoleForm(RoleForm):
    """A new role."""

    code = forms.SlugField(label="Mã vai trò", max_length=50, help_text="Chữ không dấu, viết liền.")
    field_order = ("name", "code", "requires_totp", "permissions")


class SettingForm(forms.Form):
    """A new value of a setting, from a date."""

    value = forms.CharField(label="Giá trị mới", max_length=200, required=False)
    valid_from = start_field("Áp dụng từ ngày")
    source = forms.CharField(label="Căn cứ", max_length=300, help_text="Văn bản, điều, khoản hoặc quy chế.")

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        field.required = setting.kind is not Kind.OPTIONAL_TIME
        field.help_text = f"Đơn vị: {setting.unit}." if setting.unit else ""
        if setting.kind == Kind.CHOICE:
            field.widget = forms.Select(choices=setting.choices)
        elif setting.kind == Kind.BOOLEAN:
            field.widget = forms.Select(choices=(("1", "có"), ("0", "không")))
        elif setting.kind == Kind.DATE:
            field.widget = forms.DateInput(attrs={"type": "date"})


class DelegationForm(forms.Form):
    """Whom to lend one's post to, for how long, by which document."""

    assignment: Any = forms.ModelChoiceField(None, label="Vị trí của tôi", empty_label=None)
    to_user: Any = forms.ModelChoiceField(None, label="Ủy quyền cho", empty_label="Chọn…")
    valid_from = start_field()
    valid_to = end_field("Đến hết ngày")
    document = document_field()

    def __init__(
        self, *args: Any, assignments: QuerySet[Any], colleagues: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "assignment", assignments, lambda row: str(row.post))
        limit(self, "to_user", colleagues, lambda user: f"{user.full_name} ({user.username})")
