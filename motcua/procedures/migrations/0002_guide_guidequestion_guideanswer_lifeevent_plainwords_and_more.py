import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần soạn")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("published", "Đang dùng"),
                            ("ended", "Không dùng nữa"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="sửa lúc")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="đưa vào dùng lúc"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người sửa",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guides",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
            ],
            options={
                "verbose_name": "hướng dẫn nhanh",
                "verbose_name_plural": "hướng dẫn nhanh",
            },
        ),
        migrations.CreateModel(
            name="GuideQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("text", models.CharField(max_length=300, verbose_name="câu hỏi")),
                ("help", models.CharField(blank=True, max_length=500, verbose_name="giải thích")),
                (
                    "text_en",
                    models.CharField(blank=True, max_length=300, verbose_name="câu hỏi bằng tiếng Anh"),
                ),
                (
                    "help_en",
                    models.CharField(blank=True, max_length=500, verbose_name="giải thích bằng tiếng Anh"),
                ),
                (
                    "guide",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="procedures.guide",
                        verbose_name="hướng dẫn",
                    ),
                ),
            ],
            options={
                "verbose_name": "câu hỏi của hướng dẫn",
                "verbose_name_plural": "câu hỏi của hướng dẫn",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="GuideAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("label", models.CharField(max_length=200, verbose_name="câu trả lời")),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=200, verbose_name="câu trả lời bằng tiếng Anh"),
                ),
                (
                    "leads_to",
                    models.CharField(
                        choices=[
                            ("question", "Hỏi tiếp câu khác"),
                            ("result", "Cho biết giấy tờ và phí"),
                            ("stop", "Dừng, nêu lý do"),
                        ],
                        default="result",
                        max_length=8,
                        verbose_name="sau đó",
                    ),
                ),
                ("case", models.CharField(blank=True, max_length=600, verbose_name="trường hợp")),
                ("adds", models.JSONField(blank=True, default=list, verbose_name="giấy tờ phải thêm")),
                ("drops", models.JSONField(blank=True, default=list, verbose_name="giấy tờ không cần")),
                ("exemption", models.CharField(blank=True, max_length=200, verbose_name="miễn, giảm phí vì")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do dừng")),
                (
                    "reason_en",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do dừng bằng tiếng Anh"),
                ),
                (
                    "instead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                        verbose_name="thủ tục cần làm thay",
                    ),
                ),
                (
                    "next",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="led_to_by",
                        to="procedures.guidequestion",
                        verbose_name="câu hỏi tiếp",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="procedures.guidequestion",
                        verbose_name="câu hỏi",
                    ),
                ),
            ],
            options={
                "verbose_name": "câu trả lời của hướng dẫn",
                "verbose_name_plural": "câu trả lời của hướng dẫn",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LifeEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="đường dẫn")),
                ("name", models.CharField(max_length=120, verbose_name="tên sự kiện")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="tên tiếng Anh")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="nói ngắn")),
                (
                    "summary_en",
                    models.CharField(blank=True, max_length=300, verbose_name="nói ngắn bằng tiếng Anh"),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("citizen", "Người dân"), ("enterprise", "Doanh nghiệp, hộ kinh doanh")],
                        default="citizen",
                        max_length=10,
                        verbose_name="dành cho",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="thứ tự")),
                ("is_shown", models.BooleanField(default=True, verbose_name="hiện trên trang công khai")),
                (
                    "procedures",
                    models.ManyToManyField(
                        blank=True,
                        related_name="life_events",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
            ],
            options={
                "verbose_name": "sự kiện trong đời",
                "verbose_name_plural": "sự kiện trong đời",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="PlainWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "summary",
                    models.CharField(blank=True, max_length=600, verbose_name="thủ tục này để làm gì"),
                ),
                (
                    "spoken",
                    models.CharField(
                        blank=True,
                        help_text="cách nhau bằng dấu phẩy",
                        max_length=300,
                        verbose_name="người dân thường gọi là",
                    ),
                ),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                (
                    "summary_en",
                    models.CharField(blank=True, max_length=600, verbose_name="nói ngắn bằng tiếng Anh"),
                ),
                ("search_text", models.TextField(default="", editable=False, verbose_name="chữ để tìm")),
                (
                    "procedure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
            ],
            options={
                "verbose_name": "lời thường của thủ tục",
                "verbose_name_plural": "lời thường của thủ tục",
            },
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.UniqueConstraint(fields=("procedure", "number"), name="guide_number"),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "draft")), fields=("procedure",), name="guide_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")), fields=("procedure",), name="guide_one_published"
            ),
        ),
        migrations.AddConstraint(
            model_name="guidequestion",
            constraint=models.UniqueConstraint(fields=("guide", "position"), name="guidequestion_position"),
        ),
        migrations.AddConstraint(
            model_name="guideanswer",
            constraint=models.UniqueConstraint(fields=("question", "position"), name="guideanswer_position"),
        ),
    ]
