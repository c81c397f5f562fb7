-- The secret of a webhook may be replaced again while those before it are still in use.
alter table connections add column former_secrets jsonb not null default '[]';
comment on column connections.former_secrets is
  'Secrets before the last rotations, encrypted (sealed), and until when each is used beside the new one; the newest first.';
update connections set former_secrets = jsonb_build_array(jsonb_build_object('sealed', encode(former_secret_sealed, 'base64'), 'until', former_secret_until))
  where former_secret_until > now();
alter table connections drop column former_secret_sealed;
alter table connections drop column former_secret_until;
