"""A folder's texts in other languages are kept with its edition."""

from django.db import migrations

import simulations.models


class Migration(migrations.Migration):
    dependencies = [
        ("simulations", "0003_own_shelves"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="translations",
            field=simulations.models.Document(blank=True, default=dict),
        ),
    ]
