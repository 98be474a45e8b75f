-- Sums of weeks for what has no sums of days: several filters at once, or a breakdown of what is filtered.
CREATE TABLE weekly_rollups (
  figure text NOT NULL,
  -- The start of the week, a Monday.
  week timestamptz NOT NULL,
  -- Empty: none.
  tier text NOT NULL,
  category text NOT NULL,
  channel text NOT NULL,
  group_id text NOT NULL,
  clock text NOT NULL CHECK (clock IN ('calendar', 'business')),
  n bigint NOT NULL,
  -- Of seconds or scores.
  total bigint NOT NULL,
  met bigint NOT NULL,
  missed bigint NOT NULL,
  from_zendesk bigint NOT NULL,
  -- A bin and how many are in it, the next bin and how many are in that; only bins that hold something.
  bins integer[] NOT NULL,
  PRIMARY KEY (figure, week, tier, category, channel, group_id, clock)
);
