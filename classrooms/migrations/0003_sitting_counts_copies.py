"""A sitting of a bought case counts a copy for whoever comes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classrooms", "0002_sitting"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="counts_copies",
            field=models.BooleanField(default=False),
        ),
    ]
