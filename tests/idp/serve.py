"""Make the provider's database and serve it: python -m tests.idp.serve PORT CALLBACK."""

import os
import sys


def main(port: str, callback: str) -> None:
    """People, one client, then gunicorn in this very process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.idp.settings"
    import django

    django.setup()
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from tests.idp.adapter import PEOPLE

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        get_user_model().objects.create(username=name)
    client = Client(id="motcua", name="Một Cửa", scopes="openid\nprofile", redirect_uris=callback)
    client.skip_consent = True
    client.set_secret("bi mat cua ung dung")
    client.save()
    wsgi = "django.core.wsgi:get_wsgi_application()"
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "2", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, wsgi])


if __name__ == "__main__":
    main(*sys.argv[1:])
