-- Tickets that agents skipped in Zendesk's guided mode, with the reason in the agent's words.
CREATE TABLE ticket_skips (
  id bigint PRIMARY KEY,
  ticket_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  at timestamptz NOT NULL,
  reason text NOT NULL
);
--> statement-breakpoint
CREATE INDEX ticket_skips_at ON ticket_skips (at);
--> statement-breakpoint
CREATE INDEX ticket_skips_ticket ON ticket_skips (ticket_id);
