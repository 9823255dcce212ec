import alongside.casework.people.rules
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_who_reads_an_entry"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reach",
            name="why",
            field=models.CharField(
                choices=[
                    (
                        alongside.casework.people.rules.ReachWhy["RELEASED"],
                        alongside.casework.people.rules.ReachWhy["RELEASED"],
                    ),
                    (
                        alongside.casework.people.rules.ReachWhy["RAISED_CONCERN"],
                        alongside.casework.people.rules.ReachWhy["RAISED_CONCERN"],
                    ),
                    (
                        alongside.casework.people.rules.ReachWhy["INVOLVED"],
                        alongside.casework.people.rules.ReachWhy["INVOLVED"],
                    ),
                    (
                        alongside.casework.people.rules.ReachWhy["ASKED"],
                        alongside.casework.people.rules.ReachWhy["ASKED"],
                    ),
                    (
                        alongside.casework.people.rules.ReachWhy["REFERRED"],
                        alongside.casework.people.rules.ReachWhy["REFERRED"],
                    ),
                    (
                        alongside.casework.people.rules.ReachWhy["MERGED"],
                        alongside.casework.people.rules.ReachWhy["MERGED"],
                    ),
                    (
                        alongside.casework.people.rules.ReachWhy["CASE"],
                        alongside.casework.people.rules.ReachWhy["CASE"],
                    ),
                ],
                max_length=20,
            ),
        ),
    ]
