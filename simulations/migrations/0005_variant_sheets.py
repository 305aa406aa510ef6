"""Sheets of an edition as tables of a condition, or after news, read them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import simulations.models


class Migration(migrations.Migration):
    dependencies = [
        ("simulations", "0004_translations_travel"),
    ]

    operations = [
        migrations.CreateModel(
            name="VariantSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("variant", models.TextField()),
                ("party", models.CharField(blank=True, max_length=80)),
                ("text", models.TextField()),
                ("case", simulations.models.Document()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variant_sheets",
                        to="simulations.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("edition"),
                        models.F("variant"),
                        models.F("party"),
                        name="one_variant_sheet_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("variant", ""), _negated=True),
                        name="variant_sheet_names_its_variant",
                    ),
                ],
            },
        ),
    ]
