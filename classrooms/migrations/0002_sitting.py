from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

CODES = [("second", "a second negotiator on one side"), ("partner", "a practice partner")]
NEWCOMERS = [
    ("tray", "wait until the instructor seats them"),
    ("partner", "sit down opposite a practice partner at once"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("classrooms", "0001_initial"),
        ("negotiations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sitting",
                        serialize=False,
                        to="negotiations.session",
                    ),
                ),
                ("code", models.CharField(max_length=6)),
                ("odd_rule", models.CharField(choices=CODES, default="second", max_length=8)),
                ("newcomers", models.CharField(choices=NEWCOMERS, default="tray", max_length=8)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("paired_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sittings",
                        to="classrooms.classroom",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["code"], name="sitting_code")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("code",),
                        name="code_unique_while_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("seen_at", models.DateTimeField(auto_now_add=True)),
                ("absent", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="classrooms.person",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="classrooms.sitting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("sitting"), models.F("person"), name="attends_once")
                ],
            },
        ),
    ]
