"""What people chose to receive."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing

from motcua.core import store
from motcua.core.errors import NotFound
from motcua.notifications.keys import address_key
from motcua.notifications.models import Contact
from motcua.notifications.rules.masking import mask_address

_SALT = "motcua.notifications.choices"


def contacts_by_key(keys: Iterable[str]) -> dict[str, Contact]:
    """Those who chose something, by the hash of their address. In a batch nobody is asked for when nobody has chosen."""
    wanted = list(keys)
    if store.batching():
        if not store.remember(("notifications", "anybody chose"), Contact.objects.exists):
            return {}
        with store.past():
            return {c.key: c for c in Contact.objects.filter(key__in=wanted)}
    return {contact.key: contact for contact in Contact.objects.filter(key__in=wanted)}


def agreed(medium: str, address: str, purpose: str) -> bool:
    """Whether the person behind an address agreed to a purpose."""
    found = Contact.objects.filter(key=address_key(medium, address)).first()
    return bool(found and found.agrees(purpose))


def choices_link(medium: str, address: str, contact: Contact | None = None) -> str:
    """The address of the page on which a person chooses; it can be sent to that address only, it opens without an account."""
    if contact is None:
        channel = "email" if medium == "email" else "sms"
        said = {"k": address_key(medium, address), "m": medium, "s": mask_address(address, channel)}
        token = signing.Signer(salt=_SALT).sign_object(said, compress=True)
    else:
        token = contact.token
    return f"{settings.PUBLIC_URL}/thong-bao/lua-chon/{token}/"


def access_contact(token: str) -> Contact:
    """Whose choices these are; unsaved while nothing was chosen. Raises NotFound for a token that we did not give."""
    if len(token) <= 20:
        if found := Contact.objects.filter(token=token).first():
            return found
        raise NotFound()
    try:
        said = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature as error:
        raise NotFound() from error
    found = Contact.objects.filter(key=said["k"]).first()
    return found or Contact(key=said["k"], medium=said["m"], masked=said["s"])


def contact_of(medium: str, address: str) -> Contact:
    """Who stands behind an address, to set choices at the counter or in one's account; unsaved while nothing was chosen."""
    key = address_key(medium, address)
    masked = mask_address(address, "email" if medium == Contact.Medium.EMAIL else "sms")
    return Contact.objects.filter(key=key).first() or Contact(key=key, medium=medium, masked=masked)
