"""What a person may ask of all that is held: to be left out of lists, or all of it erased."""

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration

KEPT = """
create or replace function rights_dispute_kept() returns trigger language plpgsql as $$
declare
  ends constant text[] := '{outcome,why,ground,statement,changed,told_on,told_how,decided_by,decided_at}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.outcome <> '' or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'what somebody said is wrong is kept as they said it, and so is its answer'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0006_pen_and_emergencies"),
        ("rights", "0004_keeping"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dispute",
            name="one_open_dispute_of_a_row",
        ),
        migrations.AddField(
            model_name="dispute",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("compelling", "There are compelling reasons that weigh more than what they want"),
                    ("public_task", "The law gives us this task, and it cannot be done without"),
                    ("claims", "It is needed for a claim in court, an inquest or a complaint"),
                    (
                        "health",
                        "It is needed for public health, or to run health or social care",
                    ),
                    ("archive", "It is archived in the public interest, or for research or statistics"),
                    ("needed", "It is still needed for what it was given for, and is held lawfully"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="dispute",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("corrected", "It was put right"),
                    ("kept", "It stays, with what the person says beside it"),
                    ("erased", "It is to be erased"),
                    ("refused", "It stays: the request is refused, with reasons"),
                    ("upheld", "It is upheld: lists leave them out from now on"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="dispute",
            name="says",
            field=models.CharField(
                choices=[
                    ("wrong", "It is wrong"),
                    ("out_of_date", "It was right, and is no longer"),
                    ("not_held", "It should not be held"),
                    ("not_found", "They do not want to be found by lists"),
                    ("not_used", "They object to how what is held about them is used"),
                    ("erase", "They want all that is held about them to be erased"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("outcome", ""), models.Q(("says__in", ["not_found", "not_used", "erase"]), _negated=True)
                ),
                fields=("table", "row"),
                name="one_open_dispute_of_a_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", ""), ("says__in", ["not_found", "not_used", "erase"])),
                fields=("row", "says"),
                name="one_open_wish_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("says__in", ["not_found", "not_used", "erase"]), ("table", "people.Person")),
                    models.Q(
                        models.Q(("says__in", ["not_found", "not_used", "erase"]), _negated=True),
                        models.Q(("table", "people.Person"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_wish_is_about_all_that_is_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ground", ""),
                    models.Q(("outcome", "refused"), ("says__in", ["not_found", "not_used", "erase"])),
                    _connector="OR",
                ),
                name="a_ground_is_of_a_refusal",
            ),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
