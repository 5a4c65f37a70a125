"""Orders of tests: what a gateway that has taken one says of it, by a callback or when asked."""

import secrets

from django.urls import reverse

from motcua.payments import actions
from motcua.payments.actions.orders import note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import Receipt
from motcua.payments.rules import envelope
from motcua.payments.tests.conftest import AT, SECRET

PATH = reverse("payments:callback", args=["cong-1"])


def back(order):
    return f"http://example.test/{order.key}"


def told(order, state="paid", **other):
    fixed = {"order": str(order.key), "state": state, "amount": order.amount, "currency": "VND", "reference": order.gateway_reference}  # fmt: skip
    return fixed | other


def call(order, said=None, *, secret=SECRET, nonce="", at=AT, sent=AT, way=envelope.Way.CALLBACK, path=PATH):
    nonce = nonce or secrets.token_hex(8)
    body = envelope.seal(secret, way, path, said or told(order), at=sent, nonce=nonce)
    return actions.take_callback(order.gateway, body, PATH, actor=None, at=at)


def answered(order, state, at=AT, **other):
    return note_status(order.pk, Reply(Sort.ACCEPTED, told(order, state, **other)), actor=None, at=at)


def money(order):
    order.refresh_from_db()
    charges = sorted(order.lines.values_list("charge__state", flat=True))
    return order.state, order.excess, Receipt.objects.filter(order=order).count(), charges


class Told:
    """An adapter that says what a test wants."""

    def __init__(self):
        self.replies, self.asked = [], []

    def _next(self, name):
        self.asked.append(name)
        return self.replies.pop(0)

    def create(self, asked, order, callback, back):
        return self._next("create")

    def status(self, asked, order):
        return self._next("status")

    def refund(self, asked, refund):
        return self._next("refund")
