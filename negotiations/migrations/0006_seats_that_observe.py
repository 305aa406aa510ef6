from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0005_ratings_of_interests")]

    operations = [
        migrations.RemoveConstraint("seat", "seat_person_has_holder"),
        migrations.AlterField(
            "seat",
            "kind",
            models.CharField(
                choices=[("person", "Person"), ("partner", "Partner"), ("observer", "Observer")],
                default="person",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            "seat",
            models.CheckConstraint(
                condition=Q(kind__in=("person", "observer"), holder__isnull=False)
                | Q(kind="partner", holder__isnull=True),
                name="seat_person_has_holder",
            ),
        ),
    ]
