"""Cases become text: jsonb sorts keys, and the order of parties and issues has a meaning."""

from django.db import migrations

import simulations.models


class Migration(migrations.Migration):
    dependencies = [("simulations", "0001_initial")]

    operations = [
        migrations.AlterField("edition", "public", simulations.models.Document()),
        migrations.AlterField("edition", "source", simulations.models.Document()),
        migrations.AlterField("rolesheet", "case", simulations.models.Document()),
    ]
