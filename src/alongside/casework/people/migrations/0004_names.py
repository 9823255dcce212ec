"""Search that forgives spelling, by an index: the words of names apart from the people they are names of.

PostgreSQL asks row-level security before any operator that might tell what it saw (all of pg_trgm's are such),
so an index of trigrams on a guarded table is never used. Here the words stand in a table without people, with
such an index, and which person has which word in another. The role that serves pages may read neither: a
function of their owner's puts the likest first, and looks each up in ``people_person``, behind the wall.
"""

from typing import ClassVar

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration

FILL = """
-- no policy: the owner's functions read them, and every other role sees no row, even where it were granted
alter table people_nameword enable row level security;
alter table people_personname enable row level security;

-- planned anew each time: the plan of the first people, kept, reads all words there are for each of the many after
create function people_note_name_words(words text[]) returns void
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare missing text[] := array(
  select distinct word from unnest(words) word
  where not exists (select from people_nameword known where known.word = word.word) order by word
);
begin
  if cardinality(missing) > 0 then
    perform pg_advisory_xact_lock(hashtext('people_nameword'));  -- two with the same new words wait in line
    insert into people_nameword (word) select unnest(missing) on conflict do nothing;
  end if;
end $$;

-- who somebody is first, then the word: so that the two of people_forget_unused_names cannot miss each other
create function people_names_of_added() returns trigger
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  insert into people_personname (person_id, word)
  select distinct id, word from added cross join string_to_table(search_text, ' ') word where word <> ''
  on conflict do nothing;
  perform people_note_name_words(array(
    select distinct word from added cross join string_to_table(search_text, ' ') word where word <> ''
  ));
  return null;
end $$;

create function people_names_of_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare words text[] := array(select word from string_to_table(new.search_text, ' ') word where word <> '');
begin
  delete from people_personname where person_id = new.id and word <> all (words);
  insert into people_personname (person_id, word) select new.id, unnest(words) on conflict do nothing;
  perform people_note_name_words(words);
  return null;
end $$;

create function people_names_of_gone() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from people_personname where person_id = old.id;
  return null;
end $$;

create trigger names_of_added after insert on people_person referencing new table as added
  for each statement execute function people_names_of_added();
create trigger names_of_changed after update of search_text on people_person for each row
  when (old.search_text is distinct from new.search_text) execute function people_names_of_changed();
create trigger names_of_gone after delete on people_person for each row execute function people_names_of_gone();

create function people_forget_unused_names() returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare forgotten bigint;
begin
  lock table people_personname in share mode;
  delete from people_nameword known
  where not exists (select from people_personname n where n.word = known.word);
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
"""
ASK = """
-- in plpgsql, whose plan is kept: as a plain query it would cost more to plan than to ask
create function people_named_like(wanted text[], enough real, most integer)
returns table (named uuid, likeness real)
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = 0.35 as $$
begin
  return query
  with alike as (
    select asked.place, near.word, near.likeness
    from unnest(wanted) with ordinality asked (word, place)
    cross join lateral (
      select known.word, word_similarity(asked.word, known.word) as likeness,
        max(word_similarity(asked.word, known.word)) over () as best
      from people_nameword known where asked.word <% known.word
      order by 2 desc, known.word limit 30
    ) near
    where near.likeness >= 0.6 * near.best  -- who has the name itself is not lost among those who nearly do
  ), each_word as (
    select n.person_id, alike.place, max(alike.likeness) as likeness
    from alike join people_personname n on n.word = alike.word group by 1, 2
  ), together as (
    select each_word.person_id, (sum(each_word.likeness) / cardinality(wanted))::real as likeness
    from each_word group by 1 having sum(each_word.likeness) / cardinality(wanted) >= enough
    order by 2 desc, 1 offset 0
  )
  -- from the likest down, behind the wall of people_person, until there are enough
  select together.person_id, together.likeness
  from together cross join lateral (
    select from people_person p where p.id = together.person_id and p.merged_into_id is null offset 0
  ) within_reach
  limit most;
end $$;
"""
UNDO = """
drop trigger names_of_added on people_person;
drop trigger names_of_changed on people_person;
drop trigger names_of_gone on people_person;
drop function people_named_like, people_forget_unused_names, people_names_of_added, people_names_of_changed,
  people_names_of_gone, people_note_name_words;
"""


class Migration(TogetherMigration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0003_reach_follows_merges")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="NameWord",
            fields=[("word", models.CharField(max_length=800, primary_key=True, serialize=False))],
            options={
                "indexes": [
                    GinIndex(name="name_word_like", fields=["word"], opclasses=["gin_trgm_ops"]),
                ]
            },
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "word", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("word", models.CharField(max_length=800)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(name="person_by_name", fields=["word"], include=["person"])],
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(name="person_by_birth", fields=["date_of_birth"]),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(name="person_by_search_text", fields=["search_text"]),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                name="person_by_nhs_number", fields=["nhs_number"], condition=~models.Q(nhs_number="")
            ),
        ),
        migrations.RunSQL(FILL + ASK, UNDO),
    ]
