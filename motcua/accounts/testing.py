"""People for tests of any app above."""

from motcua.accounts.models import Profile, User


def make_citizen(
    name: str = "Nguyễn Thị Na",
    identity: str = "001099000001",
    phone: str = "0900000001",
    *,
    email: str = "",
    assurance: str = Profile.Assurance.SUBSTANTIAL,
    country: str = "",
) -> User:
    """A citizen's account whose identity number was checked (`assurance` low: only declared). Synthetic data only."""
    number = f"+84{phone[1:]}" if phone.startswith("0") else phone
    user = User.objects.create_user(
        f"cd-{number.strip('+') or email}",
        None,
        full_name=name,
        kind=User.Kind.CITIZEN,
        phone=number,
        email=email,
    )
    Profile.objects.create(
        user=user,
        identity_number=identity,
        document_country=country,
        phone=number,
        email=email,
        assurance=assurance,
    )
    return user
