-- How often somebody may try: one row per counter, shared by all processes.

create table tries (
  key text primary key,
  drained_at timestamptz not null
);
comment on table tries is 'Tries of late, per action and account or source address. A row whose moment has passed counts for nothing.';
comment on column tries.key is 'What is tried, and by whom: “signIn source 203.0.113.7”.';
comment on column tries.drained_at is 'When all tries counted so far are forgotten. Each moves it on by its share of the policy’s time.';
create index tries_drained on tries (drained_at);
