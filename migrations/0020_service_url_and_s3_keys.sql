-- Where a service is used, and how many S3 keys it gives.

alter table services add column url text check (url ~ '^https?://' and length(url) <= 2000);
alter table services add column s3_keys integer check (s3_keys between 1 and 100);
comment on column services.url is 'Where people open it; null if there is no such page.';
comment on column services.s3_keys is 'How many S3 keys each person who may use it can have; null if it gives none.';
