"""What the provider says of its people. The names of its claims are not ours: the mapping has to bridge them."""

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

# Sign-in name -> claims. Two people, one of them only at the lowest level of assurance.
PEOPLE: dict[str, dict[str, str]] = {
    "na": {"so_dinh_danh": "001099000001", "ho_ten": "Nguyễn Thị Na", "ngay_sinh": "31/01/1999", "gioi_tinh": "Nữ", "muc": "2"},
    "thap": {"so_dinh_danh": "001099000001", "ho_ten": "Kẻ Mạo Danh", "muc": "1"},
}  # fmt: skip


class Adapter(DefaultOIDCAdapter):
    """A citizen's number, name, birth date and level beside the subject."""

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, **kwargs: Any) -> dict[str, Any]:
        claims: dict[str, Any] = super().get_claims(purpose, user, client, scopes, **kwargs)
        # An address that somebody here has as well: it must lead nowhere.
        return {**claims, **PEOPLE[user.username], "email": "na@example.vn", "email_verified": True}
