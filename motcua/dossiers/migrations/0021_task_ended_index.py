"""The index from which work done in a period is counted, by officer and by stage."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0020_postal_items"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="dossiertask",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False), ("due_at__isnull", False)),
                fields=["agency", "done_at"],
                name="task_ended",
            ),
        ),
    ]
