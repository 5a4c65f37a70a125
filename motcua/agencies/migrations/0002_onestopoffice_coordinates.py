from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="onestopoffice",
            name="coordinates",
            field=models.CharField(
                blank=True,
                help_text="vĩ độ, kinh độ: 15.68010,108.22030",
                max_length=24,
                verbose_name="tọa độ",
            ),
        ),
    ]
