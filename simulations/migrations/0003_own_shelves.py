"""Cases that belong to an instructor, copies of bought ones, and what is kept with an edition beside its content."""

import django.db.models.deletion
from django.db import migrations, models

import simulations.models


class Migration(migrations.Migration):
    dependencies = [
        ("simulations", "0002_documents_keep_their_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="CopiesTaken",
            fields=[
                ("session", models.UUIDField(primary_key=True, serialize=False)),
                ("copies", models.PositiveIntegerField()),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "copies taken",
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="file",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="import_notes",
            field=simulations.models.Document(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="edition",
            name="texts_are_made",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="edition",
            name="thumbnail",
            field=simulations.models.Document(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="remarks",
            field=simulations.models.Document(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="simulation",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="simulations.edition",
            ),
        ),
        migrations.AddField(
            model_name="simulation",
            name="copies_bought",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="simulation",
            name="owner",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="simulation",
            name="rights_note",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="simulation",
            name="slug",
            field=models.SlugField(max_length=80),
        ),
        migrations.AddConstraint(
            model_name="simulation",
            constraint=models.UniqueConstraint(
                fields=("owner", "slug"), name="one_name_a_shelf", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="simulation",
            constraint=models.CheckConstraint(
                condition=models.Q(("copies_bought", None), ("owner__isnull", False), _connector="OR"),
                name="only_own_cases_are_bought",
            ),
        ),
        migrations.AddField(
            model_name="copiestaken",
            name="simulation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies_taken",
                to="simulations.simulation",
            ),
        ),
    ]
