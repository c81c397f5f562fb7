-- An attempt whose end is unknown may have reached the service.

alter table propagations add column uncertain boolean not null default false;
comment on column propagations.uncertain is 'Whether an attempt may have reached the service without our knowing. The next state is then sent even if `applied` says that the service has it.';
