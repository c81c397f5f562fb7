-- Systems in which Guildhall writes who may use a service: JupyterHub, Keystone, Keycloak, LDAP, SCIM.
alter table connections drop constraint connections_kind_check;
alter table connections add constraint connections_kind_check
  check (kind in ('pull', 'webhook', 's3', 'openid', 'jupyterhub', 'keystone', 'keycloak', 'ldap', 'scim'));
alter table connections add column remote text;
alter table connections add column mode text not null default 'on' check (mode in ('report', 'grant', 'on'));
comment on column connections.remote is 'The part of the connected system that it writes, such as a group at an address. It belongs to one connection.';
comment on column connections.mode is 'What it may do while it is enabled: report differences, also grant what is missing, or everything.';
create unique index connections_remote_once on connections (remote) where deleted_at is null;
