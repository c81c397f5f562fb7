-- A connection that is deleted keeps no secret.
update connections set secret_sealed = null, former_secrets = '[]' where deleted_at is not null;
alter table connections add constraint connections_deleted_without_secrets
  check (deleted_at is null or secret_sealed is null and former_secrets = '[]');
