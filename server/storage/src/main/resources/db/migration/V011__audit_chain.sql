create function segue.audit_hash(
    previous bytea, at timestamptz, actor text, action text, subject_kind text, subject_id text, detail jsonb)
  returns bytea
  language sql stable
  return sha256(previous || convert_to(
    jsonb_build_array(extract(epoch from at)::text, actor, action, subject_kind, subject_id, detail)::text, 'UTF8'));
comment on function segue.audit_hash is 'binds an entry to the one before it';

create function segue.refuse_audit_edit() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_append_only before update or delete or truncate on segue.audit
  for each statement execute function segue.refuse_audit_edit();

create index audit_at on segue.audit (at desc);
create unique index api_token_terminal on segue.api_token (account_id, name) where revoked_at is null;
comment on index segue.api_token_terminal is 'a name stands for one valid token of an account';
create index session_account on segue.session (account_id);
