"""The ways to payment gateways. An adapter is one object with five questions; rows of `Gateway` name it by its code."""

from motcua.payments.adapters.base import Adapter, Asked, DayRow, Reply, Sort
from motcua.payments.adapters.http import HttpAdapter

__all__ = ["Adapter", "Asked", "DayRow", "Reply", "Sort", "adapter_of", "known", "register_adapter"]

_adapters: dict[str, tuple[str, Adapter]] = {"http": ("Giao thức mẫu (HTTP, ký HMAC-SHA256)", HttpAdapter())}


def register_adapter(code: str, title: str, adapter: Adapter) -> None:
    """Add a way of an installation's own, e.g. a bank's protocol."""
    _adapters[code] = (title, adapter)


def known() -> dict[str, str]:
    """What administrators read for each way, by code."""
    return {code: title for code, (title, _) in _adapters.items()}


def adapter_of(code: str) -> Adapter:
    """The adapter of a row. Raises KeyError for one that this installation does not have."""
    return _adapters[code][1]
