"""What was withheld, looked at or disputed of a row that goes loses its words; an objection is taken back."""

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration

# only in a disposal (0004), and only to nothing: that it was, when and by whom is left
WORDS_GO = """
create function rights_emptied(before jsonb, after jsonb, words text[]) returns boolean language sql immutable as $$
  select after - words = before - words
    and not exists (select from unnest(words) word where coalesce(after ->> word, '') <> '')
$$;

create or replace function rights_only_added() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  words text[] := case tg_table_name
    when 'rights_withheld' then '{words,why}' when 'rights_look' then '{line_print,note}' end;
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'UPDATE' and told_disposal() and words is not null
      and rights_emptied(to_jsonb(old) - 'line', to_jsonb(new) - 'line', words) then return new; end if;
  raise exception 'what was given, looked at or withheld is only ever added'
    using errcode = 'insufficient_privilege';
end $$;

create or replace function rights_dispute_kept() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  ends constant text[] := '{outcome,why,ground,statement,changed,told_on,told_how,decided_by,decided_at}';
  words constant text[] := '{words,why,statement,changed,told_how,said_by_name}';
  back constant text[] :=
    '{taken_back_on,taken_back_words,taken_back_how,taken_back_noted_by,taken_back_noted_at}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'UPDATE' and told_disposal() and old.outcome <> ''
      and rights_emptied(to_jsonb(old), to_jsonb(new), words) then return new; end if;
  if tg_op = 'UPDATE' and old.outcome = 'upheld' and old.taken_back_on is null
      and to_jsonb(new) - back = to_jsonb(old) - back then return new; end if;
  if tg_op = 'DELETE' or old.outcome <> '' or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'what somebody said is wrong is kept as they said it, and so is its answer'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""


class Migration(TogetherMigration):
    dependencies = [("rights", "0005_wishes")]
    operations = [
        migrations.RemoveConstraint(model_name="dispute", name="dispute_ended_how_and_why"),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("outcome", ""), ("told_on", None), ("why", "")),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("told_on__isnull", False),
                        models.Q(
                            models.Q(
                                models.Q(("why", ""), _negated=True),
                                models.Q(("told_how", ""), _negated=True),
                            ),
                            models.Q(("told_how", ""), ("why", ""), ("words", "")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="dispute_ended_how_and_why",
            ),
        ),
        migrations.AddField("dispute", "taken_back_on", models.DateField(blank=True, null=True)),
        migrations.AddField("dispute", "taken_back_words", models.TextField(blank=True, max_length=5000)),
        migrations.AddField(
            "dispute",
            "taken_back_how",
            models.CharField(
                blank=True,
                choices=[
                    ("talking", "They said it to somebody at work"),
                    ("letter", "By letter"),
                    ("email", "By e-mail"),
                    ("telephone", "By telephone"),
                    ("other", "Another way"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField("dispute", "taken_back_noted_by", models.CharField(blank=True, max_length=200)),
        migrations.AddField("dispute", "taken_back_noted_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("taken_back_how", ""),
                        ("taken_back_noted_at", None),
                        ("taken_back_noted_by", ""),
                        ("taken_back_on", None),
                        ("taken_back_words", ""),
                    ),
                    models.Q(
                        ("taken_back_noted_at__isnull", False),
                        ("taken_back_on__isnull", False),
                        ("outcome", "upheld"),
                        ("says__in", ["not_found", "not_used"]),
                        models.Q(("taken_back_words", ""), _negated=True),
                        models.Q(("taken_back_how", ""), _negated=True),
                        models.Q(("taken_back_noted_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_objection_that_was_upheld_is_taken_back",
            ),
        ),
        migrations.RunSQL(WORDS_GO, migrations.RunSQL.noop),
    ]
