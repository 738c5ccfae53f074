-- Accounts: how people of an organisation sign in. What proves who somebody is (hashes, keys, one-time links) is for the
-- owner alone, as sessions are: the role that serves people reads none of it. What has to happen in one transaction with a
-- change of the ledger is done by functions that ask the proved context.

-- At the next request the pass is exchanged: roles changed since it was given out.
alter table session add column renew boolean not null default false;

-- One account a person. Logins are the server's, not an organisation's: whoever signs in has not said yet whose they are.
create table account (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  person text not null,
  login text not null check (login = lower(login)),
  handle bytea not null default uuid_send(gen_random_uuid()),
  password text,
  totp bytea,
  totp_step bigint not null default -1,
  made_at timestamptz not null default now(),
  primary key (organisation, person),
  foreign key (organisation, person) references person (organisation, id),
  check ((password is null) = (totp is null))
);
create unique index account_by_login on account (login);

create table passkey (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  id text not null,
  person text not null,
  credential text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (organisation, id),
  foreign key (organisation, person) references account (organisation, person)
);
create index passkey_by_credential on passkey (credential);
create index passkey_by_person on passkey (organisation, person);

-- One-time links: of the code in one only its SHA-256.
create table invitation (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  code bytea not null,
  person text not null,
  purpose text not null check (purpose in ('account', 'reset')),
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  primary key (organisation, code),
  foreign key (organisation, person) references account (organisation, person)
);
create index invitation_by_code on invitation (code);
create index invitation_by_person on invitation (organisation, person);

-- One administrator asks that somebody's account be set anew; another one has to agree.
create table reset_proposal (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  person text not null,
  by text not null,
  reason text not null,
  made_at timestamptz not null default now(),
  primary key (organisation, person),
  foreign key (organisation, person) references person (organisation, id),
  foreign key (organisation, by) references person (organisation, id),
  check (by <> person)
);

-- Tries to sign in, by account and by socket address, under a salt that is thrown away after its day. They are kept by the
-- organisation whose server it is: whoever tries belongs to none yet.
create table attempt_salt (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  day date not null,
  salt bytea not null,
  primary key (organisation, day)
);
create table attempt (
  organisation text not null references organisation,
  level smallint not null default 1 check (level between 0 and 3),
  "case" text,
  day date not null,
  key bytea not null,
  began timestamptz not null default now(),
  n integer not null default 1,
  primary key (organisation, day, key),
  foreign key (organisation, day) references attempt_salt (organisation, day) on delete cascade
);

-- ---------------------------------------------------------------- what an administrator does, in one transaction

-- The organisation of the administrator who asks; anybody else is an error.
create function administered() returns text
  language plpgsql stable security definer set search_path from current
  as $$
declare
  asks constant jsonb := context();
begin
  if asks is null or not (asks->'roles') ? 'administrator' then
    raise exception 'not an administrator' using errcode = '42501';
  end if;
  return asks->>'organisation';
end $$;

-- False where the login is taken, in whichever organisation.
create function make_account(of_person text, with_login text) returns boolean
  language plpgsql volatile security definer set search_path from current
  as $$
declare
  ours constant text := administered();
begin
  perform pg_advisory_xact_lock(7300041);
  if exists (select 1 from account a where a.login = with_login) then return false; end if;
  insert into account (organisation, person, login) values (ours, of_person, with_login);
  return true;
end $$;

-- A one-time link in place of those before it. One for an account that has a way in already is a reset, and that takes two.
create function make_link(of_person text, for_purpose text, of_code bytea, term interval) returns void
  language plpgsql volatile security definer set search_path from current
  as $$
declare
  ours constant text := administered();
  finished constant boolean := exists (
    select 1 from account a where a.organisation = ours and a.person = of_person and a.password is not null
    union all select 1 from passkey p where p.organisation = ours and p.person = of_person);
  agreed constant boolean := exists (
    select 1 from reset_proposal r join membership m on m.organisation = ours and m.person = r.by and m.ended is null
     where r.organisation = ours and r.person = of_person and r.by <> current_person() and of_person <> current_person()
       and r.made_at > now() - interval '3 days' and m.body->'roles' ? 'administrator');
begin
  if for_purpose = 'account' and finished or for_purpose = 'reset' and not agreed then
    raise exception 'two administrators are needed' using errcode = '42501';
  end if;
  delete from invitation i where i.organisation = ours and i.person = of_person;
  delete from reset_proposal r where r.organisation = ours and r.person = of_person;
  insert into invitation (organisation, code, person, purpose, ends_at) values (ours, of_code, of_person, for_purpose, now() + term);
end $$;

-- End every session and token of a person, or have their passes exchanged at their next request.
create function end_sessions(of_person text, exchange_only boolean) returns integer
  language plpgsql volatile security definer set search_path from current
  as $$
declare
  ours constant text := administered();
  ended integer;
begin
  update session s set renew = s.renew or exchange_only and s.kind = 'browser',
         revoked_at = case when exchange_only then s.revoked_at else now() end
   where s.organisation = ours and s.person = of_person and s.revoked_at is null and s.kind <> 'local';
  get diagnostics ended = row_count;
  if not exchange_only then delete from invitation i where i.organisation = ours and i.person = of_person; end if;
  return ended;
end $$;

-- From one person's record to an organisation's; there is no way back. Said by that one person alone.
create function become_organisation(called text) returns boolean
  language plpgsql volatile security definer set search_path from current
  as $$
declare
  ours constant text := administered();
begin
  if not exists (select 1 from session s where s.organisation = ours and s.id = context()->>'session' and s.kind = 'local') then
    raise exception 'not the one person' using errcode = '42501';
  end if;
  update organisation o set alone = false, name = called where o.organisation = ours and o.alone;
  return found;
end $$;

-- Whether nobody else could open some case or team any more: yes or no, and never which.
create function is_last_on_something(of_person text) returns boolean
  language plpgsql stable security definer set search_path from current
  as $$
declare
  ours constant text := administered();
begin
  return exists (
    select 1 from access a where a.organisation = ours and a.person = of_person and a.ended is null
       and coalesce((a.body->>'until')::timestamptz > now(), true)
       and not exists (
         select 1 from access b join membership m on m.organisation = ours and m.person = b.person and m.ended is null
          where b.organisation = ours and b.compartment = a.compartment and b.person <> of_person and b.ended is null
            and coalesce((b.body->>'until')::timestamptz > now(), true)
            and m.body->'roles' ?| array['reader', 'monitor', 'verifier', 'editor', 'legal']));
end $$;

-- ---------------------------------------------------------------- row security

do $$
declare
  t text;
  ours constant text := 'organisation = (select current_organisation())';
  within constant text := '(level <= (select current_level()) or level >= 2 and "case" = any ((select current_compartments())::text[]))';
  administers constant text := '(select current_roles()) && array[''administrator'']';
begin
  foreach t in array array['account', 'passkey', 'invitation', 'reset_proposal', 'attempt_salt', 'attempt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    execute format('alter table %I add constraint %I check ((level >= 2) = ("case" is not null))', t, t || '_compartment');
    if t = 'reset_proposal' then
      execute format('create policy one_organisation on %I using (%s) with check (%s)', t, ours || ' and ' || administers,
        ours || ' and ' || administers || ' and by = (select current_person())');
    else
      execute format('create policy one_organisation on %I using (false) with check (false)', t);
    end if;
  end loop;
  -- Everybody knows who works here; roles are an administrator's to give, and so is their history.
  drop policy one_organisation on membership;
  execute format('create policy one_organisation on membership using (%s) with check (%s)', ours, ours || ' and ' || administers);
  drop policy one_organisation on revision;
  execute format('create policy one_organisation on revision using (%s) with check (%s)',
    ours || ' and (' || within || ' or kind = ''membership'')',
    ours || ' and case when kind = ''membership'' then ' || administers || ' else ' || within || ' end');
end $$;
