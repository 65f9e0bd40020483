create table demand_model (
  model_id        bigint generated always as identity primary key,
  site_id         text not null,
  training_key    text not null unique,
  algorithm       text not null,
  artifact_sha256 char(64) not null,
  feature_version int not null,
  data_from       date not null,
  data_to         date not null,
  data_sha256     char(64) not null,
  items           int not null,
  beats_naive     boolean not null,
  log_error_low   double precision[] not null,
  log_error_high  double precision[] not null,
  trained_at      timestamptz not null
);
create index demand_model_site on demand_model (site_id, trained_at desc);
comment on column demand_model.training_key is 'the key of the step that trained it: repeating the step adds no second row';
comment on column demand_model.beats_naive is 'whether it forecast better than the best naive method at each horizon tested; only then is it used';
comment on column demand_model.log_error_low is 'per band of horizons, the 10 % quantile of its errors on days it had not seen';
comment on column demand_model.log_error_high is 'the 90 % quantile';
comment on column demand_model.trained_at is 'the run''s now';

create table demand_accuracy (
  model_id  bigint not null references demand_model on delete cascade,
  method    text not null,
  horizon   int not null,
  wape      double precision not null,
  mase      double precision not null,
  bias      double precision not null,
  forecasts int not null,
  primary key (model_id, method, horizon)
);
comment on table demand_accuracy is 'the model and the naive methods on the same days, which none of them had seen';
