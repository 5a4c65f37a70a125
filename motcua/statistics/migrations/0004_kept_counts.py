"""Counts kept ready for every half of a month."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("procedures", "0001_initial"),
        ("statistics", "0003_index_766"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(null=True, verbose_name="từ ngày")),
                ("until", models.DateTimeField(null=True, verbose_name="đến lúc")),
            ],
            options={
                "verbose_name": "tình trạng số đếm giữ sẵn",
                "verbose_name_plural": "tình trạng số đếm giữ sẵn",
            },
        ),
        migrations.CreateModel(
            name="HalfCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.DateField(verbose_name="ngày đầu")),
                ("test", models.CharField(max_length=40, verbose_name="chỉ tiêu")),
                ("count", models.PositiveIntegerField(verbose_name="số hồ sơ")),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="cơ quan giải quyết",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.field",
                        verbose_name="lĩnh vực",
                    ),
                ),
            ],
            options={
                "verbose_name": "số đếm giữ sẵn",
                "verbose_name_plural": "số đếm giữ sẵn",
                "indexes": [models.Index(fields=["start"], name="half_count_start")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "start", "field", "test"),
                        name="half_count_once",
                    )
                ],
            },
        ),
    ]
