"""Submissions that wait are found by an index of their own."""

from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0012_citizens_side'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement'])), fields=['acceptance_due_at', 'office'], name='dossier_waiting'),
        ),
    ]
