-- With mail configured, people have to confirm their addresses before they may use a service. No event says that it is.
create function site_signal_changes() returns trigger language plpgsql as $$
begin
  insert into change_signals (account_id) select null::uuid where exists (select from connections where enabled);
  return null;
end $$;
create trigger site_signal_changes after update of mail_configured on site
  for each row when (old.mail_configured <> new.mail_configured) execute function site_signal_changes();
