CREATE TABLE inbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch bigint NOT NULL,
  invocation_id text,
  envelope_id text,
  type text NOT NULL,
  ticket_id bigint,
  occurred_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  body jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'decided', 'ignored', 'parked')),
  outcome text,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  finished_at timestamptz
);
--> statement-breakpoint
CREATE SEQUENCE inbox_batch;
--> statement-breakpoint
CREATE UNIQUE INDEX inbox_invocation_once ON inbox (invocation_id) WHERE invocation_id IS NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX inbox_envelope_once ON inbox (envelope_id) WHERE envelope_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX inbox_waiting ON inbox (batch, id) WHERE state = 'waiting';
--> statement-breakpoint
CREATE INDEX inbox_parked ON inbox (id) WHERE state = 'parked';
--> statement-breakpoint
CREATE INDEX inbox_ticket ON inbox (ticket_id);
--> statement-breakpoint
CREATE INDEX inbox_finished ON inbox (finished_at) WHERE state IN ('decided', 'ignored');
--> statement-breakpoint
CREATE TABLE tickets (
  id bigint PRIMARY KEY,
  subject text NOT NULL,
  description text NOT NULL,
  status text NOT NULL,
  priority text,
  type text,
  via text,
  tags text[] NOT NULL DEFAULT '{}',
  group_id bigint,
  assignee_id bigint,
  requester_id bigint,
  organization_id bigint,
  brand_id bigint,
  form_id bigint,
  custom_fields jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  snapshot_at timestamptz NOT NULL,
  solved_at timestamptz,
  waiting_since timestamptz,
  gone text CHECK (gone IN ('merged', 'spam', 'deleted')),
  category text,
  tier text,
  placed_by text NOT NULL DEFAULT 'policy' CHECK (placed_by IN ('policy', 'human')),
  wanted jsonb,
  decided_at timestamptz,
  policy_hash text
);
--> statement-breakpoint
CREATE INDEX tickets_queue ON tickets (tier, waiting_since, id) WHERE gone IS NULL AND waiting_since IS NOT NULL;
--> statement-breakpoint
CREATE INDEX tickets_requester ON tickets (requester_id);
--> statement-breakpoint
CREATE TABLE comments (
  id bigint PRIMARY KEY,
  ticket_id bigint NOT NULL,
  author_id bigint,
  author text NOT NULL CHECK (author IN ('customer', 'agent', 'us')),
  public boolean NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX comments_ticket ON comments (ticket_id, created_at);
--> statement-breakpoint
CREATE TABLE decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id bigint NOT NULL,
  inbox_id bigint UNIQUE,
  trigger text NOT NULL,
  policy_hash text NOT NULL,
  decided_at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('acted', 'unchanged', 'left_to_human', 'not_open')),
  category text NOT NULL,
  tier text NOT NULL,
  priority text,
  survey text,
  decision jsonb NOT NULL,
  sentence text NOT NULL
);
--> statement-breakpoint
CREATE INDEX decisions_ticket ON decisions (ticket_id, id);
--> statement-breakpoint
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  key text NOT NULL UNIQUE,
  ticket_id bigint,
  payload jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'in_flight', 'done', 'parked', 'cancelled')),
  due_at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  claimed_until timestamptz,
  zendesk_job_id text,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
--> statement-breakpoint
CREATE INDEX outbox_due ON outbox (kind, due_at, id) WHERE state IN ('waiting', 'in_flight');
--> statement-breakpoint
CREATE INDEX outbox_parked ON outbox (id) WHERE state = 'parked';
--> statement-breakpoint
CREATE INDEX outbox_ticket ON outbox (ticket_id);
--> statement-breakpoint
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state IN ('done', 'cancelled');
--> statement-breakpoint
CREATE TABLE invitations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id bigint NOT NULL,
  solved_at timestamptz NOT NULL,
  survey text NOT NULL CHECK (survey IN ('csat', 'ces')),
  category text NOT NULL,
  requester_id bigint NOT NULL,
  agent_id bigint,
  state text NOT NULL DEFAULT 'scheduled'
    CHECK (state IN ('scheduled', 'sending', 'sent', 'answered', 'cancelled', 'parked')),
  reason text,
  detail text,
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  claimed_until timestamptz,
  token_hash bytea UNIQUE,
  recipient text,
  locale text,
  sent_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (ticket_id, solved_at)
);
--> statement-breakpoint
CREATE INDEX invitations_due ON invitations (due_at) WHERE state IN ('scheduled', 'sending');
--> statement-breakpoint
CREATE INDEX invitations_requester ON invitations (requester_id, sent_at);
--> statement-breakpoint
CREATE TABLE responses (
  invitation_id bigint PRIMARY KEY REFERENCES invitations (id),
  score integer NOT NULL,
  comment text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  answered_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE unsubscribed (
  email text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE view_checks (
  title text PRIMARY KEY,
  view_id bigint,
  state text NOT NULL CHECK (state IN ('in_order', 'repaired', 'out_of_order', 'missing', 'ambiguous', 'failed')),
  message text,
  checked_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE view_overrules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  view_id bigint NOT NULL,
  title text NOT NULL,
  found jsonb NOT NULL,
  wanted jsonb NOT NULL,
  overruled text NOT NULL,
  found_at timestamptz NOT NULL,
  repaired_at timestamptz
);
--> statement-breakpoint
CREATE TABLE people (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  email text,
  role text NOT NULL CHECK (role IN ('end-user', 'agent', 'admin')),
  suspended boolean NOT NULL DEFAULT false,
  locale text,
  fetched_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE write_budget (
  name text PRIMARY KEY,
  tokens double precision NOT NULL,
  refilled_at timestamptz NOT NULL,
  blocked_until timestamptz
);
