from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classrooms", "0005_people_on_a_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="side_size",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
    ]
