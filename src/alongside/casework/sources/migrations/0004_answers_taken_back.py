"""What was said of a doubtful link is kept line by line, so that an answer can be taken back and both stay."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

KEPT_AS_SAID = """
create trigger kept_as_said before update on sources_linkanswer
  for each row execute function people_kept_as_said();
insert into sources_linkanswer (id, link_id, said, why, by, at)
  select gen_random_uuid(), id, answer, why, answered_by, answered_at from sources_doubtfullink where answer <> '';
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("sources", "0003_what_was_not_given"),
        ("people", "0002_walls"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="LinkAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("same", "The same person"),
                            ("different", "Two people"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="sources.doubtfullink",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["link", "at"], name="said_of_link")]},
        ),
        migrations.RunSQL(KEPT_AS_SAID, migrations.RunSQL.noop),
    ]
