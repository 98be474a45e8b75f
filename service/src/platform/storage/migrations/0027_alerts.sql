-- Alarms that leaders were told of, each from its beginning to its end.
CREATE TABLE alarms (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- The category that it is about; empty for nothing in particular.
  about text NOT NULL DEFAULT '',
  since timestamptz NOT NULL,
  until timestamptz,
  -- The number that was judged, as last seen, and what was usual or allowed.
  n integer NOT NULL,
  usual double precision,
  -- A ticket to begin with.
  ticket_id bigint,
  -- When Slack was told; null: it was not, because the policy names no channel or Deskwright only watched.
  told_at timestamptz
);
--> statement-breakpoint
CREATE UNIQUE INDEX alarms_open ON alarms (kind, about) WHERE until IS NULL;
--> statement-breakpoint
CREATE INDEX alarms_ended ON alarms (until) WHERE until IS NOT NULL;
--> statement-breakpoint
-- What agents were reminded of: each step of a wait once, and each promise once.
CREATE TABLE reminders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('wait', 'promise')),
  -- When the wait began, or the promise was made.
  since timestamptz NOT NULL,
  -- The percentage of the target; 0 for a promise.
  step integer NOT NULL,
  told_at timestamptz NOT NULL,
  UNIQUE (ticket_id, kind, since, step)
);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT ON reminders
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER INSERT OR UPDATE ON alarms
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
