-- Reminders that an S3 key expires soon.
alter table s3_keys add column expiry_told_at timestamptz;
comment on column s3_keys.expiry_told_at is 'When its holder was told, or said, that it expires soon; null if neither.';
create index s3_keys_to_tell_of on s3_keys (expires_at) where ended_at is null and expiry_told_at is null;
