"""The electronic form of a dossier, every time that it was sent in; its rows can only be added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.dossiers import triggers


def guard(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    # A trigger and a table in one transaction is fine on both engines: the table has no rows yet.
    dependencies = [
        ("dossiers", "0013_dossier_dossier_waiting"),
        ("eforms", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="DossierForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField(verbose_name="lần kê khai")),
                ("answers", models.JSONField(verbose_name="nội dung kê khai")),
                ("saved_at", models.DateTimeField(verbose_name="lúc gửi")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "form_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="eforms.formversion",
                        verbose_name="phiên bản tờ khai",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người gửi",
                    ),
                ),
            ],
            options={
                "verbose_name": "tờ khai điện tử của hồ sơ",
                "verbose_name_plural": "tờ khai điện tử của hồ sơ",
                "ordering": ["revision"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "revision"), name="dossierform_revision")
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
