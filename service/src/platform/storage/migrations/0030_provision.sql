-- What Deskwright set up in Zendesk: the objects that are ours, and each apply with its steps.
CREATE TABLE provisioned_objects (
  -- `group/tier/t1`, `ticket_field/category`: what the policy calls it, whatever its name in Zendesk.
  key text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('group', 'ticket_field', 'view', 'webhook')),
  zendesk_id text NOT NULL,
  name text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('created', 'adopted', 'managed')),
  values jsonb NOT NULL,
  ignored jsonb,
  drift jsonb,
  drift_at timestamptz
);

CREATE TABLE provision_applies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan jsonb NOT NULL,
  plan_id text NOT NULL,
  reason text NOT NULL,
  who text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'stopped')),
  message text,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
);

CREATE TABLE provision_steps (
  apply_id bigint NOT NULL REFERENCES provision_applies (id),
  position integer NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  action text NOT NULL CHECK (action IN ('create', 'change', 'remove', 'record', 'release')),
  zendesk_id text,
  state text NOT NULL CHECK (state IN ('intended', 'done', 'undone')),
  before jsonb,
  after jsonb,
  record_before jsonb,
  record_after jsonb,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (apply_id, position)
);
CREATE INDEX provision_steps_key ON provision_steps (key, apply_id);
