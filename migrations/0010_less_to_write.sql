-- The same rows with less written for each change: fewer entries in indexes, and those on fewer pages. After a checkpoint
-- each page that is changed goes to the log whole, so on a large site pages are what a write costs.

-- A row's new version stays on its page where there is room, and then needs no new entry in any index. These rows are
-- changed all the time in columns that no index has. Pages that are full already stay so until rows leave them.
alter table sessions set (fillfactor = 60);
alter table organizations set (fillfactor = 70);
alter table invitations set (fillfactor = 70);

-- PostgreSQL has this itself, as uuidv7(), from version 18 on. It begins with the time in milliseconds; two bits more make
-- what was version 4 version 7. Ids in the order of time go to the end of an index, random ones to a page each.
create function time_ordered_id() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
comment on function time_ordered_id() is 'A UUID version 7.';
alter table events alter id set default time_ordered_id();
comment on column events.id is 'Public id. UUID version 7; version 4 in those of before.';
alter table notices alter id set default time_ordered_id();
comment on column notices.id is 'UUID version 7; version 4 in those of before.';

-- Most events are about who did them: those are found by that already.
drop index events_subject;
create index events_subject on events (subject_id, position desc) where subject_id is distinct from actor_id;

-- Pages that are asked for at the same moment have the same people on them. PostgreSQL looks them up once when it expects
-- that, and whether it did hung on how it rounded: first pages were read so, last pages were not.
alter table memberships alter column account_id set (n_distinct = -0.5);
