"""Every paper has its moments; the mark of the dossier, which had none, goes. Apart from 0022: PostgreSQL alters no table in the
transaction that has just changed its rows.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0022_moments_of_papers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossierpaper",
            name="handed_in_at",
            field=models.DateTimeField(verbose_name="lúc nộp"),
        ),
        migrations.AddConstraint(
            model_name="dossierpaper",
            constraint=models.CheckConstraint(
                condition=Q(("electronic", 0), ("file", None)) | Q(("electronic_at__isnull", False)),
                name="paper_electronic_since",
            ),
        ),
        migrations.RemoveField(model_name="dossier", name="is_digitised"),
    ]
