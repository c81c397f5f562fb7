-- An end date can pass between the decision and the insertion. The constraint needs a name by which that is told apart.
alter table role_assignments rename constraint role_assignments_check1 to role_assignments_end_later;
