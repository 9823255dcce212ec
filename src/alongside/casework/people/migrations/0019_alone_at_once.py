"""Whether a record is somebody's only one is found in one look, and with it whether they died.

Every page of work asks this of every row, and for almost everybody the answer is one record. PostgreSQL prepares
a wall for each table that a statement names, which takes longer than reading the row, so the table is named once.
"""

from typing import ClassVar

from django.db import migrations

ONCE = """
create or replace function people_records_of(one uuid) returns setof uuid language plpgsql stable rows 2 as $$
declare
  -- null of whoever is not seen, who has none here
  alone boolean := (
    select bool_and(p.id = one and p.merged_into_id is null)
    from people_person p where p.id = one or p.merged_into_id = one
  );
begin
  if alone then
    return next one;
  elsif not alone then
    return query
      with recursive up as (
        select id, merged_into_id from people_person where id = one
        union select p.id, p.merged_into_id from people_person p join up on p.id = up.merged_into_id
      ), down as (
        select id from up where merged_into_id is null
        union select p.id from people_person p join down on p.merged_into_id = down.id
      )
      select id from down;
  end if;
end $$;
create or replace function people_has_died(one uuid) returns boolean language plpgsql stable as $$
declare
  alone boolean;
  died boolean;
begin
  select bool_and(p.id = one and p.merged_into_id is null), bool_or(p.died_on is not null) into alone, died
  from people_person p where p.id = one or p.merged_into_id = one;
  if alone then
    return died;
  end if;
  return exists (
    select from people_person p where p.id = any (array(select people_records_of(one))) and p.died_on is not null
  );
end $$;
"""


class Migration(migrations.Migration):
    """See the module. What they replace gives the same answers, so nothing is put back."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0018_told_of_parting")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
