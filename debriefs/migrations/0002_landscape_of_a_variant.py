"""What was possible is kept for each variant of an edition. The rows can be worked out again, so they are made anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("debriefs", "0001_figures"),
        ("simulations", "0005_variant_sheets"),
    ]

    operations = [
        migrations.DeleteModel(name="Landscape"),
        migrations.CreateModel(
            name="Landscape",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="landscapes",
                        to="simulations.edition",
                    ),
                ),
                ("variant", models.TextField(blank=True)),
                ("data", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("edition"), models.F("variant"), name="one_landscape_a_variant"
                    )
                ],
            },
        ),
    ]
