create table data.campaign_row (
  site_id     text not null,
  campaign_id text not null,
  name        text not null,
  known_at    timestamptz not null default now(),
  primary key (site_id, campaign_id)
);

create table data.ad_set_row (
  site_id     text not null,
  ad_set_id   text not null,
  campaign_id text not null,
  name        text not null,
  known_at    timestamptz not null default now(),
  primary key (site_id, ad_set_id)
);

create table data.campaign_day_row (
  site_id     text not null,
  day         date not null,
  campaign_id text not null,
  ad_set_id   text not null,
  variant     text not null default '',
  segment     text not null default '',
  impressions bigint not null check (impressions >= 0),
  clicks      bigint not null check (clicks >= 0),
  conversions numeric(14, 3) not null check (conversions >= 0),
  cost        numeric(14, 4) not null check (cost >= 0),
  revenue     numeric(14, 4) not null default 0,
  currency    char(3) not null,
  source      text not null default '',
  known_at    timestamptz not null default now(),
  primary key (site_id, day, campaign_id, ad_set_id, variant, segment)
);
create index campaign_day_of_campaign on data.campaign_day_row (site_id, campaign_id, day);
comment on table data.campaign_day_row is 'what ads brought on a day of the site, as the platform reports it';
comment on column data.campaign_day_row.variant is 'which ad of the set; empty where the platform does not say';
comment on column data.campaign_day_row.segment is 'which part of the audience; empty where the platform does not say';

do $$
declare
  base text;
begin
  foreach base in array array['campaign', 'ad_set', 'campaign_day'] loop
    execute format(
      'create view data.%I with (security_barrier) as select * from data.%I where known_at <= data.as_of()',
      base, base || '_row');
  end loop;
end $$;
