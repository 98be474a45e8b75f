-- When each open ticket is decided again because time has passed. Empty while the policy asks nothing of time.
CREATE TABLE due_decisions (
  ticket_id bigint PRIMARY KEY,
  due_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX due_decisions_due ON due_decisions (due_at);
