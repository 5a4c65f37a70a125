"""The indexes from which figures are counted; `dossier_applicant` goes: the foreign key has an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_open_work_indexes"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_applicant"),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["resolving_agency", "ended_at"],
                include=(
                    "id",
                    "received_at",
                    "submitted_at",
                    "due_at",
                    "ready_at",
                    "returned_at",
                    "field",
                    "procedure",
                    "version",
                    "channel",
                    "status",
                    "late_cause",
                ),
                name="dossier_figures",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["resolving_agency", "returned_at"],
                include=("id", "ended_at", "ready_at", "field", "procedure"),
                condition=models.Q(("ready_at__isnull", False)),
                name="dossier_collected",
            ),
        ),
    ]
