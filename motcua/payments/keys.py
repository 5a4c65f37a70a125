"""Secrets shared with payment gateways."""

from motcua.core.sealed import Safe
from motcua.payments.models import Gateway

SAFE = Safe("payments", r"MOTCUA_GATEWAY_[A-Z0-9_]{1,40}")


def secret_of(gateway: Gateway) -> str:
    """The secret shared with a gateway; empty when there is none, or when it was sealed with another key."""
    return SAFE.open(gateway.secret_sealed, gateway.secret_env)
