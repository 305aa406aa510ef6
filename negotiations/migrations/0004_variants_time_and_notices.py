"""Rooms play variants and may have more time; sessions last for days; people hear of their turn by mail."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0003_seat_logged_at"),
        ("simulations", "0005_variant_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notice",
                        serialize=False,
                        to="negotiations.seat",
                    ),
                ),
                ("read", models.PositiveIntegerField(default=0)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(blank=True, max_length=16)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="session",
            name="session_minutes_sane",
        ),
        migrations.AddField(
            model_name="room",
            name="condition",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="room",
            name="time_percent",
            field=models.PositiveSmallIntegerField(default=100),
        ),
        migrations.AlterField(
            model_name="act",
            name="verb",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("pause", "Pause"),
                    ("resume", "Resume"),
                    ("extend", "Extend"),
                    ("close", "Close"),
                    ("next", "Next"),
                    ("news", "News"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("time_percent__gte", 100), ("time_percent__lte", 300)),
                name="room_time_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 20160)), name="session_minutes_sane"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("address", ""), _negated=True), fields=["told_at"], name="notice_wanted"
            ),
        ),
    ]
