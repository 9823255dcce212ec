"""The records of a person are asked for on almost every page, and almost nobody has more than one.

As a function of SQL alone it was planned anew in each statement that used it, walls and recursion and all,
which took longer than the rest of what such a page asks. PostgreSQL keeps the plans of this one.
"""

from typing import ClassVar

from django.db import migrations

QUICK = """
drop function people_records_of;
create function people_records_of(one uuid) returns setof uuid language plpgsql stable rows 2 as $$
declare
  alone boolean := (
    select p.merged_into_id is null and not exists (select from people_person o where o.merged_into_id = p.id)
    from people_person p where p.id = one
  );
begin
  if alone then
    return next one;
  elsif not alone then  -- null of whoever is not seen, who has none here
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
"""
AS_BEFORE = """
drop function people_records_of;
create function people_records_of(one uuid) returns setof uuid language sql stable as $$
  with recursive up as (
    select id, merged_into_id from people_person where id = one
    union select p.id, p.merged_into_id from people_person p join up on p.id = up.merged_into_id
  ), down as (
    select id from up where merged_into_id is null
    union select p.id from people_person p join down on p.merged_into_id = down.id
  )
  select id from down
$$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0010_people_by_surname")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(QUICK, AS_BEFORE)]
