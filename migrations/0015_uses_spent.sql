-- The constraint that `invitation_used` comes from gets the name by which the server knows it.

alter table invitations rename constraint invitations_check to invitations_uses_spent_check;
