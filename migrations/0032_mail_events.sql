-- Whether mail is configured is an event now, and leaves a signal as all events do.
drop trigger site_signal_changes on site;
drop function site_signal_changes();
