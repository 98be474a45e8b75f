-- Evidence for disputed payments that agents have collected, of the checklist in the policy.
CREATE TABLE evidence_ticks (
  ticket_id bigint NOT NULL,
  payment text NOT NULL,
  -- Its id in the policy.
  evidence text NOT NULL,
  agent_id bigint NOT NULL,
  done_at timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, payment, evidence)
);
--> statement-breakpoint
CREATE INDEX evidence_ticks_done ON evidence_ticks (done_at);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR DELETE ON evidence_ticks
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
