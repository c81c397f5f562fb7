-- A mailed invitation proves the address that it was mailed to: its link carries a secret that exists in that mail alone.

alter table invitations
  add column mailed_to text,
  add column mail_proof text,
  add constraint invitations_mail_proof_check check ((mailed_to is null) = (mail_proof is null));
comment on column invitations.mailed_to is 'The address that the secret in the mailed link proves; gone once it was used.';
comment on column invitations.mail_proof is 'A hash of that secret. Together with the address, and while the invitation is pending, it confirms an account’s address once.';
create unique index invitations_mail_proof on invitations (mail_proof) where mail_proof is not null;
