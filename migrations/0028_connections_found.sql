-- A connection that keeps failing is probed with a row that failed, so those are found by themselves.
create index propagations_failed on propagations (connection_id) where error is not null;
-- Of two webhooks at one address, the older one would not be believed: its epoch is lower.
create unique index connections_webhook_once on connections (service_id, (settings->>'url')) where kind = 'webhook' and deleted_at is null;
