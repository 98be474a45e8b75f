-- What happened to each ticket, append-only, without customers' words. One partition a month, dropped whole when its retention ends.
CREATE TABLE history (
  ticket_id bigint NOT NULL,
  -- When it happened, in Zendesk's time.
  at timestamptz NOT NULL,
  kind text NOT NULL,
  value text,
  ref bigint,
  actor text CHECK (actor IN ('customer', 'agent', 'us', 'zendesk')),
  actor_id bigint,
  public boolean,
  -- Who was responsible: of solves only.
  group_id bigint,
  assignee_id bigint,
  -- The trigger that decided, and the policy in force: of categories only.
  rule text,
  policy_id integer,
  source text NOT NULL CHECK (source IN ('event', 'read', 'deskwright')),
  -- Of each row, so that rows of the same time keep the order in which they were recorded.
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (at);
--> statement-breakpoint
CREATE INDEX history_ticket ON history (ticket_id, at);
--> statement-breakpoint
-- Who is to be forgotten is found by it.
CREATE INDEX history_requester ON history (ref) WHERE kind = 'created';
--> statement-breakpoint
-- Rows of a month that has no partition yet.
CREATE TABLE history_other PARTITION OF history DEFAULT;
--> statement-breakpoint
-- The versions of the policy that were in force, which history and annotations name.
CREATE TABLE policy_versions (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hash text NOT NULL,
  since timestamptz NOT NULL
);
--> statement-breakpoint
-- What Zendesk itself measured of tickets from before the installation: its metric sets.
CREATE TABLE zendesk_figures (
  ticket_id bigint PRIMARY KEY,
  created_at timestamptz NOT NULL,
  solved_at timestamptz,
  channel text,
  category text,
  tier text,
  group_id bigint,
  assignee_id bigint,
  -- Minutes, as Zendesk counts them.
  first_reply integer,
  first_reply_business integer,
  first_resolution integer,
  first_resolution_business integer,
  full_resolution integer,
  full_resolution_business integer,
  requester_wait integer,
  requester_wait_business integer,
  replies integer NOT NULL DEFAULT 0,
  reopens integer NOT NULL DEFAULT 0,
  read_at timestamptz NOT NULL
);
--> statement-breakpoint
-- Tickets whose measures are older than their history: a row each time something was recorded. Only inserted and deleted, so that who records and
-- who measures never wait for one another, and what is recorded during a measurement stays due.
CREATE TABLE measures_due (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id bigint NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- Tickets whose history cannot be measured, for operators. They are tried again when something happens to them and at each rebuild.
CREATE TABLE unmeasured_tickets (
  ticket_id bigint PRIMARY KEY,
  error text NOT NULL,
  failed_at timestamptz NOT NULL
);
--> statement-breakpoint
-- What one ticket adds to the figures, computed from its history: one row a reply, solve, answer and so on.
CREATE TABLE measures (
  ticket_id bigint NOT NULL,
  figure text NOT NULL,
  at timestamptz NOT NULL,
  -- Elapsed and business seconds of a duration; a score; null for what is only counted.
  seconds integer,
  business_seconds integer,
  score smallint,
  -- Whether the target was met; null: it had none.
  met boolean,
  category text,
  tier text,
  channel text,
  group_id bigint,
  agent_id bigint,
  -- A rule, a department, a way: what the figure is broken down by beside the usual.
  detail text,
  from_zendesk boolean NOT NULL DEFAULT false
);
--> statement-breakpoint
CREATE INDEX measures_ticket ON measures (ticket_id);
--> statement-breakpoint
CREATE INDEX measures_figure ON measures (figure, at);
--> statement-breakpoint
-- Of combined filters the category selects most.
CREATE INDEX measures_category ON measures (category, at);
--> statement-breakpoint
CREATE INDEX measures_agent ON measures (agent_id, at) WHERE agent_id IS NOT NULL;
--> statement-breakpoint
-- Each stretch in which a customer waited for an answer.
CREATE TABLE waits (
  ticket_id bigint NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  ended_by text CHECK (ended_by IN ('reply', 'solve', 'gone')),
  agent_id bigint,
  tier text,
  group_id bigint,
  priority text,
  -- Where the ticket stood meanwhile: overtakes are found by it.
  placements jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (ticket_id, since)
);
--> statement-breakpoint
-- Replies of a stretch of time, and who waited at a moment: overtakes are found by them.
CREATE INDEX waits_reply ON waits (until, since) WHERE ended_by = 'reply';
--> statement-breakpoint
CREATE INDEX waits_span ON waits USING gist (tstzrange(since, until));
--> statement-breakpoint
-- Sums of measures, kept by the job that writes them. Days are those of the policy's time zone.
CREATE TABLE rollups (
  grain text NOT NULL CHECK (grain IN ('hour', 'day')),
  figure text NOT NULL,
  -- all, category, tier, channel, group or detail; the member is empty for all.
  dimension text NOT NULL,
  member text NOT NULL,
  bucket timestamptz NOT NULL,
  clock text NOT NULL CHECK (clock IN ('calendar', 'business')),
  n bigint NOT NULL,
  -- Of seconds or scores.
  total bigint NOT NULL,
  met bigint NOT NULL,
  missed bigint NOT NULL,
  from_zendesk bigint NOT NULL,
  -- How many in each bin, the first bin first: of durations by their logarithm, of scores by the score. Of days only.
  bins integer[] NOT NULL,
  PRIMARY KEY (grain, figure, dimension, member, clock, bucket)
);
--> statement-breakpoint
-- Days whose figures changed after they had ended.
CREATE TABLE restatements (
  day date PRIMARY KEY,
  at timestamptz NOT NULL,
  tickets integer NOT NULL
);
--> statement-breakpoint
-- What leaders mark on the trends: a launch, a campaign. Policy versions are marked by themselves.
CREATE TABLE annotations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  text text NOT NULL,
  category text,
  who text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);
--> statement-breakpoint
-- Counts what is open without reading the solved tickets of years.
CREATE INDEX tickets_open ON tickets (tier, created_at) WHERE gone IS NULL AND status NOT IN ('solved', 'closed');
