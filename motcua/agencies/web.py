"""The request of somebody who has signed in, as views of staff see it."""

from django.http import HttpRequest

from motcua.accounts.models import User
from motcua.agencies.queries import Authority


class StaffRequest(HttpRequest):
    """Behind `login_required`, with what `agencies.middleware.authority` adds. Only a type: never made by hand."""

    user: User
    authority: Authority
