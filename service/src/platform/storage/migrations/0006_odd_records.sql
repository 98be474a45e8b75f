-- Records of Zendesk's lists that could not be taken in: set aside for a person, while the rest goes on.
CREATE TABLE odd_records (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  record_id text NOT NULL,
  ticket_id bigint,
  reason text NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  retry_at timestamptz,
  UNIQUE (kind, record_id)
);
--> statement-breakpoint
-- Zendesk itself writes comments too (author -1): nobody asked and nobody answered.
ALTER TABLE comments DROP CONSTRAINT comments_author_check;
--> statement-breakpoint
ALTER TABLE comments ADD CONSTRAINT comments_author_check CHECK (author IN ('customer', 'agent', 'us', 'system'));
--> statement-breakpoint
-- The newest solve we know of, kept when the ticket is opened again: it ended the wait.
ALTER TABLE tickets ADD COLUMN wait_ended_at timestamptz;
--> statement-breakpoint
UPDATE tickets SET wait_ended_at = solved_at WHERE solved_at IS NOT NULL;
--> statement-breakpoint
-- From when to when somebody was an agent, as far as we saw; null: since before, or still.
ALTER TABLE people ADD COLUMN staff_since timestamptz;
--> statement-breakpoint
ALTER TABLE people ADD COLUMN staff_until timestamptz;
--> statement-breakpoint
-- Channels as policies write them, for what earlier versions stored as events say it.
UPDATE tickets SET via = CASE via WHEN 'mail' THEN 'email' WHEN 'web_form' THEN 'web' WHEN 'web_service' THEN 'api' WHEN '4' THEN 'email' WHEN '0' THEN 'web' WHEN '5' THEN 'api' END
WHERE via IN ('mail', 'web_form', 'web_service', '4', '0', '5');
