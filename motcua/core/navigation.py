"""The menu of the staff pages. Each app registers its items in AppConfig.ready; core knows none of them.

from motcua.core.navigation import Item, register
register(Item("Việc của tôi", "dossiers:inbox", icon="inbox", permission="dossier.process", key="v"))
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

GROUPS = ("Quầy", "Hồ sơ", "Người dân", "Lãnh đạo", "Báo cáo", "Danh mục", "Quản trị")


@dataclass(frozen=True)
class Item:
    """One line of the menu. `permission`: a code, several (any will do) or none; `key`: letter after g."""

    label: str
    url_name: str
    icon: str = "circle"
    permission: str | tuple[str, ...] = ()
    group: str = "Hồ sơ"
    order: int = 100
    key: str = ""
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """An item as one person sees it on one page."""

    item: Item
    href: str
    active: bool


_items: dict[str, Item] = {}


def register(*items: Item) -> None:
    """Add items to the menu; a url name registered again replaces the earlier item."""
    _items.update({item.url_name: item for item in items})


def registered() -> tuple[Item, ...]:
    """Every item, in the order of the menu."""
    return tuple(sorted(_items.values(), key=_place))


def _place(item: Item) -> tuple[int, int, str]:
    group = GROUPS.index(item.group) if item.group in GROUPS else len(GROUPS)
    return group, item.order, item.label


def address(item: Item) -> str | None:
    """The path of an item, or None when its app has no such page."""
    return path_of(item.url_name) or None


def path_of(url_name: str) -> str:
    """The path of a page without arguments; empty when there is none. Worked out once per map of addresses."""
    return _path_of(url_name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=512)
def _path_of(url_name: str, urlconf: str | None, prefix: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def allowed(item: Item, authority: object) -> bool:
    """Whether somebody with this authority may open the item, anywhere."""
    codes = (item.permission,) if isinstance(item.permission, str) else item.permission
    if not any(codes):
        return True
    held = getattr(authority, "has", None) or getattr(authority, "agency_ids", None)
    return held is not None and any(held(code) for code in codes)


def entries(request: HttpRequest) -> list[Entry]:
    """The menu of the person who asks; empty for anyone who is not an officer."""
    if not getattr(getattr(request, "user", None), "is_staff_member", False):
        return []
    authority = getattr(request, "authority", None)
    found = [(item, address(item)) for item in registered() if allowed(item, authority)]
    pairs = [(item, href) for item, href in found if href]
    current = _current(request.path, (href for _, href in pairs))
    return [Entry(item, href, href == current) for item, href in pairs]


def _current(path: str, hrefs: Iterable[str]) -> str:
    """The longest address that the present page lies under."""
    return max((href for href in hrefs if path.startswith(href)), key=len, default="")


def by_group(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries in the groups of the menu."""
    result: dict[str, list[Entry]] = {}
    for entry in entries:
        result.setdefault(entry.item.group, []).append(entry)
    return list(result.items())


def start_of(entries: Sequence[Entry]) -> str:
    """The first of settings.START_PAGES that the menu holds, else its first entry, else the public site."""
    hrefs = {entry.item.url_name: entry.href for entry in entries}
    chosen = next((hrefs[name] for name in settings.START_PAGES if name in hrefs), "")
    return chosen or (entries[0].href if entries else "/")


def sign_in_address() -> str:
    """Where an officer signs in."""
    return resolve_url(settings.LOGIN_URL)
