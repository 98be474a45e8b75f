-- What agents looked up and did with the tools of the policy.
CREATE TABLE tool_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Made by the page for each filled-in form: the same form sent twice acts once. Of a read: null.
  request_id text,
  ticket_id bigint NOT NULL,
  -- Null: the ticket had no customer.
  requester_id bigint,
  agent_id bigint NOT NULL,
  tool_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('read', 'write')),
  state text NOT NULL CHECK (state IN ('asked', 'done', 'failed', 'in_doubt')),
  -- Of a write, until it has ended; null: erased.
  inputs jsonb,
  -- Why it failed; null: it did not.
  failure text,
  -- Of HTTP; null: no answer came.
  status integer,
  asked_at timestamptz NOT NULL,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE UNIQUE INDEX tool_runs_request ON tool_runs (request_id) WHERE request_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX tool_runs_ticket ON tool_runs (ticket_id, id);
--> statement-breakpoint
CREATE INDEX tool_runs_requester ON tool_runs (requester_id, asked_at) WHERE requester_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX tool_runs_asked ON tool_runs (asked_at);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON tool_runs
  FOR EACH ROW WHEN (NEW.kind = 'write') EXECUTE FUNCTION deskwright_tell_live('ticket_id');
