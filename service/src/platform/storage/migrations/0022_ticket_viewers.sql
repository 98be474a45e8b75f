-- Who has a ticket open in the sidebar. Unlogged: it holds the last half minute, and after a crash the pages write it again.
CREATE UNLOGGED TABLE ticket_viewers (
  ticket_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, agent_id)
);
