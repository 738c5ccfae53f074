-- What happened at the door: who signed in and out, what was refused, and every change of how somebody signs in. Written by
-- the owner; read by the person whom it is about, and by auditors and administrators. Of the address only an authentication
-- code under the salt of its day, so that tries from one place can be told to be that, and nobody can tell which.

create table sign_in_log (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  -- Who did it, or whose login was tried; null where that is nobody's.
  person text,
  -- To whose account, where that is somebody else's.
  about text,
  what text not null,
  -- "done", or the code of the refusal.
  outcome text not null,
  device text not null,
  network text not null,
  primary key (organisation, id),
  foreign key (organisation, person) references person (organisation, id),
  foreign key (organisation, about) references person (organisation, id)
);
create index sign_in_log_by_time on sign_in_log (organisation, at);

do $$
declare
  ours constant text := 'organisation = (select current_organisation())';
  theirs constant text := '(person = (select current_person()) or about = (select current_person()) or (select current_roles()) && array[''auditor'', ''administrator''])';
begin
  alter table sign_in_log enable row level security;
  alter table sign_in_log force row level security;
  create policy owner_sees_all on sign_in_log to current_user using (true) with check (true);
  alter table sign_in_log add constraint sign_in_log_compartment check ((level >= 2) = ("case" is not null));
  execute format('create policy one_organisation on sign_in_log using (%s) with check (false)', ours || ' and ' || theirs);
end $$;
