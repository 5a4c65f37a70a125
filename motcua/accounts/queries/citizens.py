"""Who a citizen is and for whom they may act. Every right is a row with dates; a guess from names or e-mail is never one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.accounts.models import (
    Assistance,
    Authorisation,
    Invitation,
    Organisation,
    Profile,
    Representation,
    User,
)
from motcua.accounts.rules.assistance import VISIT
from motcua.accounts.rules.codes import Address
from motcua.core.errors import NotFound
from motcua.core.identity import Document
from motcua.core.validity import in_force


@dataclass(frozen=True)
class Party:
    """Somebody for whom a citizen acts: `key` is "self", "user/<id>" or "organisation/<id>"; `scope`: the code of the one
    procedure it is for, empty for all. `country`: who issued the passport whose number it is.
    """

    key: str
    name: str
    kind: str
    number: str = ""
    user_id: int | None = None
    organisation_id: int | None = None
    scope: str = ""
    country: str = ""

    @property
    def is_self(self) -> bool:
        return self.key == "self"


def profile_of(user: User) -> Profile | None:
    """What a citizen told of themselves; None for staff."""
    return Profile.objects.filter(user_id=user.pk).first() if user.pk else None


def organisations_of(user: User, day: date) -> list[Organisation]:
    """The organisations for which a person acts on a day, by name."""
    rows = Representation.objects.filter(in_force(day), user=user).select_related("organisation")
    return sorted({row.organisation for row in rows}, key=lambda found: (found.name, found.pk))


def representations_of(user: User, day: date) -> list[Representation]:
    """The same with the role in which."""
    rows = Representation.objects.filter(in_force(day), user=user).select_related("organisation")
    return list(rows.order_by("organisation__name", "pk"))


def _valid(day: date) -> Q:
    return in_force(day) & Q(revoked_at=None)


def authorisations_to(user: User, day: date) -> list[Authorisation]:
    """What others have authorised this person to do for them, in force on a day."""
    rows = Authorisation.objects.filter(_valid(day), agent=user, principal__is_active=True)
    return list(rows.select_related("principal").order_by("principal__full_name", "pk"))


def authorisations_by(user: User) -> list[Authorisation]:
    """Whom this person has authorised, newest first, those that have ended too."""
    return list(Authorisation.objects.filter(principal=user).select_related("agent").order_by("-pk")[:100])


def may_act_for(user: User, other: User | Organisation, day: date, procedure: str = "") -> bool:
    """Whether a person may act for another person or an organisation on a day, in the procedure with a code (empty: in every
    procedure). Everybody may act for themselves. An organisation that no office has confirmed yet counts: what it
    files is compared with its papers by whoever receives it.
    """
    if isinstance(other, Organisation):
        return Representation.objects.filter(in_force(day), user=user, organisation=other).exists()
    if user.pk == other.pk:
        return True
    scope = Q(scope="") | Q(scope=procedure) if procedure else Q(scope="")
    rows = Authorisation.objects.filter(_valid(day), scope, agent=user, principal=other)
    return rows.filter(principal__is_active=True).exists()


def parties_of(user: User, day: date, procedure: str = "") -> list[Party]:
    """For whom a person may act on a day: themselves first, then organisations, then people who authorised them. With a
    procedure's code, authorisations for other procedures are left out.
    """
    profile = profile_of(user)
    own = profile.document if profile else Document()
    found = [Party("self", str(user), "citizen", own.number, user.pk, country=own.country)]
    for organisation in organisations_of(user, day):
        key = f"organisation/{organisation.pk}"
        found.append(
            Party(key, organisation.name, organisation.kind, organisation.tax_code, None, organisation.pk)
        )
    return found + _principals(authorisations_to(user, day), procedure)


def _principals(rows: Iterable[Authorisation], procedure: str) -> list[Party]:
    """One party for each principal; the widest scope that fits."""
    kept: dict[int, Authorisation] = {}
    for row in sorted(rows, key=lambda row: row.scope == ""):
        if not procedure or row.scope in ("", procedure):
            kept[row.principal_id] = row
    shown = {one.user_id: one.document for one in Profile.objects.filter(user_id__in=kept)}
    return [_principal(row, shown.get(pk, Document())) for pk, row in kept.items()]


def _principal(row: Authorisation, shown: Document) -> Party:
    pk, name = row.principal_id, str(row.principal)
    return Party(f"user/{pk}", name, "citizen", shown.number, pk, scope=row.scope, country=shown.country)


def party(user: User, key: str, day: date, procedure: str = "") -> Party:
    """One of `parties_of` by its key. Raises NotFound when the person may not act for it (any more)."""
    for found in parties_of(user, day, procedure):
        if found.key == key:
            return found
    raise NotFound()


def access_organisation(user: User, organisation_id: int, day: date) -> Representation:
    """The person's place in an organisation. Raises NotFound for somebody else's."""
    rows = Representation.objects.filter(in_force(day), user=user, organisation_id=organisation_id)
    if found := rows.select_related("organisation").order_by("role").first():
        return found
    raise NotFound()


def people_of(organisation: Organisation, day: date) -> list[Representation]:
    """Who acts for an organisation on a day."""
    rows = Representation.objects.filter(in_force(day), organisation=organisation)
    return list(rows.select_related("user").order_by("role", "user__full_name"))


def open_invitations(organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Invitations that nobody has answered and that have not run out."""
    return Invitation.objects.filter(organisation=organisation, ended_at=None, expires_at__gt=at).order_by(
        "pk"
    )


def invitations_to(user: User, at: datetime) -> list[Invitation]:
    """Invitations to an address that this person has proven."""
    profile = profile_of(user)
    mine = Q(pk=None)
    if profile and profile.phone:
        mine |= Q(phone=profile.phone)
    if profile and profile.email:
        mine |= Q(email=profile.email)
    rows = Invitation.objects.filter(mine, ended_at=None, expires_at__gt=at)
    return list(rows.select_related("organisation", "invited_by").order_by("pk"))


def assistances_for(user: User) -> list[Assistance]:
    """What a helper filed for somebody with this person's proven phone number, not taken over yet."""
    profile = profile_of(user)
    if profile is None or not profile.phone:
        return []
    return list(Assistance.objects.filter(phone=profile.phone, citizen=None).order_by("pk"))


def open_visits(at: datetime, path: str = "") -> Q:
    """The visits whose person is still there at a moment; `path`: how a query of another table gets to the visit."""
    begun = {f"{path}started_at__gt": at - VISIT, f"{path}started_at__lte": at}
    return Q(**{f"{path}ended_at": None, **begun})


def visit_now(helper: User, at: datetime) -> Assistance | None:
    """The visit in which somebody helps at a moment: one at a time."""
    rows = Assistance.objects.filter(open_visits(at), helper_id=helper.pk)
    return rows.select_related("citizen").order_by("-pk").first()


def access_visit(helper: User, visit_id: int, at: datetime, *, lock: bool = False) -> Assistance:
    """The helper's own visit whose person is still there. Raises NotFound, also for another's and one that has ended."""
    rows = Assistance.objects.filter(open_visits(at), helper_id=helper.pk, pk=visit_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    if found := rows.select_related("citizen").first():
        return found
    raise NotFound("Lượt hỗ trợ này đã kết thúc. Bắt đầu lượt mới khi người dân có mặt và đồng ý.")


def account_of(visit: Assistance) -> User | None:
    """The account of the person who is helped: the same proven phone, and the document that it says."""
    rows = Profile.objects.filter(phone=visit.phone, identity_number=visit.identity_number)
    rows = rows.filter(document_country=visit.document_country)
    found = rows.filter(user__is_active=True, user__kind=User.Kind.CITIZEN).select_related("user").first()
    return found.user if found else None


def citizen_at(address: Address) -> User | None:
    """The citizen whose phone number or mailbox this is."""
    rows = Profile.objects.filter(**{address.medium: address.text}).select_related("user")
    found = rows.first()
    return found.user if found else None


def proven_holder(number: str, country: str = "") -> User | None:
    """The citizen for whom a personal number, or the passport of a country, is proven."""
    rows = Profile.objects.filter(identity_number=number, document_country=country)
    rows = rows.exclude(assurance=Profile.Assurance.LOW)
    found = rows.select_related("user").first() if number else None
    return found.user if found else None


def lock_profile(user: User) -> Profile:
    """A citizen's profile, locked. Raises NotFound for staff. For actions."""
    rows = Profile.objects.select_for_update(of=("self",)).select_related("user")
    if found := rows.filter(user_id=user.pk).first():
        return found
    raise NotFound()


def organisations_with(tax_code: str) -> list[Organisation]:
    """Organisations declared with a tax code, confirmed ones first; without one, the latest that wait to be confirmed."""
    text = "".join(tax_code.split())
    rows = (
        Organisation.objects.filter(tax_code=text) if text else Organisation.objects.filter(confirmed_at=None)
    )
    return list(rows.order_by("confirmed_at", "-pk")[:50])
