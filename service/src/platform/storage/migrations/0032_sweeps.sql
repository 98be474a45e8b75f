-- Decisions of open tickets again by a changed policy: who asked for it, how far it is, what it changed.
CREATE TABLE sweeps (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- A person asked for it, or the service counts after it has loaded a changed policy.
  origin text NOT NULL CHECK (origin IN ('operator', 'reload')),
  state text NOT NULL CHECK (state IN ('planning', 'planned', 'running', 'done', 'undoing', 'undone', 'cancelled')),
  paused boolean NOT NULL DEFAULT false,
  paused_because text,
  filter jsonb NOT NULL,
  who text NOT NULL,
  why text,
  -- By which it was planned; it is not run by another one.
  policy_hash text,
  -- Every ticket up to this id was planned.
  planned_after bigint NOT NULL DEFAULT 0,
  open integer NOT NULL DEFAULT 0,
  by_people integer NOT NULL DEFAULT 0,
  undecided integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  begun_at timestamptz,
  finished_at timestamptz
);
--> statement-breakpoint
CREATE TABLE sweep_tickets (
  sweep_id bigint NOT NULL REFERENCES sweeps ON DELETE CASCADE,
  ticket_id bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'changed', 'unchanged', 'left', 'failed', 'restored', 'kept')),
  -- The trigger that decides it now; null: none.
  trigger text,
  -- The ticket's place before and after, and what was changed of it.
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  change jsonb NOT NULL,
  error text,
  PRIMARY KEY (sweep_id, ticket_id)
);
--> statement-breakpoint
CREATE INDEX sweep_tickets_to_do ON sweep_tickets (sweep_id, ticket_id) WHERE state IN ('planned', 'changed');
--> statement-breakpoint
CREATE INDEX sweep_tickets_of ON sweep_tickets (ticket_id);
