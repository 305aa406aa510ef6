"""A session knows how the uncertain events of its case came out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0007_letters_lead_to_a_page"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="outcomes",
            field=models.JSONField(default=dict),
        ),
    ]
