-- Who let Deskwright act on the account, or only watch, and why; the last row counts. Without a row it acts, as former versions do.
CREATE TABLE activations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mode text NOT NULL CHECK (mode IN ('observe', 'act')),
  scope text NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'new_tickets', 'group')),
  group_id bigint CHECK ((group_id IS NOT NULL) = (scope = 'group')),
  group_name text,
  who text NOT NULL,
  why text,
  at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- An account on which a former version has acted stays active.
INSERT INTO activations (mode, who, why)
SELECT 'act', 'upgrade', 'A former version acted on this account.'
WHERE EXISTS (SELECT FROM outbox WHERE state = 'done') OR EXISTS (SELECT FROM view_overrules)
  OR EXISTS (SELECT FROM invitations WHERE sent_at IS NOT NULL);
--> statement-breakpoint
-- Always one row. The policy's `mode: observe`, which the service stores, forbids acting whatever the table says.
CREATE FUNCTION acting() RETURNS TABLE (mode text, scope text, group_id bigint, group_name text, since timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM settings WHERE key = 'policy_mode' AND value = '"observe"') THEN 'observe'
      ELSE coalesce(last.mode, 'act') END,
    coalesce(last.scope, 'all'), last.group_id, last.group_name, last.at
  FROM (SELECT) AS one LEFT JOIN LATERAL (SELECT * FROM activations ORDER BY id DESC LIMIT 1) AS last ON true
$$;
--> statement-breakpoint
-- `observed`: recorded while Deskwright only watched. Former versions neither write nor perform such entries.
ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
--> statement-breakpoint
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check
  CHECK (state IN ('waiting', 'in_flight', 'done', 'parked', 'cancelled', 'observed')) NOT VALID;
--> statement-breakpoint
CREATE INDEX outbox_observed ON outbox (kind, id) WHERE state = 'observed';
