"""A letter leads to a page of the site as its reader knows it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0006_seats_that_observe"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="link",
            field=models.URLField(blank=True, max_length=300),
        ),
    ]
