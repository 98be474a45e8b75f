-- Sums for each combination of tier, category, channel and group: for several filters at once, or a breakdown of what is filtered.
CREATE TABLE combined_rollups (
  -- Days of what is counted day by day, weeks of everything.
  grain text NOT NULL CHECK (grain IN ('day', 'week')),
  figure text NOT NULL,
  -- The start of the day or week; weeks begin on Monday.
  bucket timestamptz NOT NULL,
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
  -- A bin and how many are in it, the next bin and how many are in that; only bins that hold something. Of weeks only.
  bins integer[] NOT NULL,
  PRIMARY KEY (grain, figure, bucket, tier, category, channel, group_id, clock)
);
