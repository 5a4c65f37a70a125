import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_former_resolver"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="errorcorrection",
            name="returned_at",
            field=models.DateTimeField(null=True, verbose_name="lúc trả kết quả đã sửa"),
        ),
        migrations.AddField(
            model_name="errorcorrection",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người trả kết quả đã sửa",
            ),
        ),
        migrations.AddField(
            model_name="errorcorrection",
            name="returned_to",
            field=models.CharField(blank=True, max_length=250, verbose_name="người nhận kết quả đã sửa"),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="acceptance_due_at",
            field=models.DateTimeField(
                help_text="trước tiếp nhận: hạn mà yêu cầu này làm dừng",
                null=True,
                verbose_name="hạn tiếp nhận khi yêu cầu",
            ),
        ),
    ]
