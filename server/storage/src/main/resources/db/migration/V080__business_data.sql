create function data.as_of() returns timestamptz
  language sql stable parallel safe
  return coalesce(nullif(current_setting('segue.as_of', true), '')::timestamptz, now());
comment on function data.as_of is 'up to when things are known: the views of this schema show no later rows';

create table data.site_row (
  site_id          text primary key,
  name             text not null,
  zone             text not null,
  currency         char(3) not null,
  country          char(2),
  business_day_end time not null default '00:00',
  opening_hours    jsonb not null default '{}',
  version          int not null default 1,
  known_at         timestamptz not null default now()
);

create table data.item_row (
  site_id   text not null,
  item_id   text not null,
  name      text not null,
  category  text not null default '',
  price     numeric(12, 4),
  unit_cost numeric(12, 4),
  currency  char(3) not null,
  active    boolean not null default true,
  version   int not null default 1,
  known_at  timestamptz not null default now(),
  primary key (site_id, item_id)
);
comment on column data.item_row.unit_cost is 'what one unit costs to make; null where nobody has said';

create table data.sales_order_row (
  site_id       text not null,
  order_id      text not null,
  ordered_at    timestamptz not null,
  business_date date not null,
  channel       text not null default '',
  source        text not null default '',
  known_at      timestamptz not null default now(),
  primary key (site_id, order_id)
);
create index sales_order_day on data.sales_order_row (site_id, business_date);

create table data.sales_line_row (
  site_id       text not null,
  order_id      text not null,
  line_id       text not null,
  item_id       text not null,
  ordered_at    timestamptz not null,
  business_date date not null,
  quantity      numeric(12, 3) not null,
  unit_price    numeric(12, 4) not null,
  net_amount    numeric(14, 4) not null,
  currency      char(3) not null,
  source        text not null default '',
  known_at      timestamptz not null default now(),
  primary key (site_id, order_id, line_id)
);
create index sales_line_day on data.sales_line_row (site_id, business_date, item_id);

create table data.price_row (
  site_id    text not null,
  item_id    text not null,
  valid_from date not null,
  price      numeric(12, 4) not null,
  currency   char(3) not null,
  reason     text not null default '',
  change_key text,
  known_at   timestamptz not null default now(),
  primary key (site_id, item_id, valid_from)
);
create unique index price_change_key on data.price_row (change_key);
comment on table data.price_row is 'the price list: a price holds from its day until the next one';

create table data.promotion_row (
  promotion_id text primary key,
  site_id      text not null,
  item_id      text not null,
  title        text not null,
  discount     numeric(5, 4) not null default 0,
  starts_on    date not null,
  ends_on      date not null,
  texts        jsonb not null default '{}',
  status       text not null default 'planned' check (status in ('planned', 'cancelled')),
  change_key   text unique,
  known_at     timestamptz not null default now()
);
comment on column data.promotion_row.discount is 'share of the price taken off, 0 to 1';

create table data.forecast_row (
  site_id       text not null,
  item_id       text not null,
  business_date date not null,
  made_on       date not null,
  quantity      numeric(14, 4) not null,
  low           numeric(14, 4),
  high          numeric(14, 4),
  method        text not null,
  model_sha256  text,
  known_at      timestamptz not null default now(),
  primary key (site_id, item_id, business_date, made_on)
);

create table data.holiday_row (
  country  char(2) not null,
  date     date not null,
  name     text not null,
  known_at timestamptz not null default '-infinity',
  primary key (country, date, name)
);

create table data.weather_day_row (
  site_id        text not null,
  date           date not null,
  temperature_c  numeric(5, 2),
  cloud_cover    numeric(5, 2),
  wind_speed     numeric(6, 2),
  rain_mm        numeric(6, 2),
  weather_code   int,
  is_forecast    boolean not null default false,
  known_at       timestamptz not null default now(),
  primary key (site_id, date, is_forecast)
);

create table data.event_day_row (
  site_id  text not null,
  date     date not null,
  name     text not null,
  known_at timestamptz not null default now(),
  primary key (site_id, date, name)
);

create table data.customer_row (
  site_id     text not null,
  customer_id text not null,
  first_order_on date,
  attributes  jsonb not null default '{}',
  known_at    timestamptz not null default now(),
  primary key (site_id, customer_id)
);

do $$
declare
  base text;
begin
  foreach base in array array['site', 'item', 'sales_order', 'sales_line', 'price', 'promotion', 'forecast',
      'holiday', 'weather_day', 'event_day', 'customer'] loop
    execute format(
      'create view data.%I with (security_barrier) as select * from data.%I where known_at <= data.as_of()',
      base, base || '_row');
  end loop;
end $$;
