-- Requests for refunds above a limit, and who answered them. They reserve nothing: granting one does, in the ledger.
CREATE TABLE refund_approvals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the form: the same one asks once. The refund that is granted has it too.
  request_id text NOT NULL UNIQUE,
  ticket_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- As in the ledger; null: the agent entered none. `paid_on` is known of payments entered by hand.
  payment text,
  paid_minor bigint,
  paid_on date,
  -- In the agent's words. Null: deleted since, as it may quote the customer.
  reason text,
  reason_code text,
  -- The rule of the policy that it is above.
  rule text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'declined', 'expired', 'withdrawn')),
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  escalates_at timestamptz,
  escalated_at timestamptz,
  answered_at timestamptz,
  answered_by bigint,
  -- What was granted, at most what was asked for.
  granted_minor bigint CHECK (granted_minor BETWEEN 1 AND amount_minor),
  answer text,
  CHECK ((state = 'approved') = (granted_minor IS NOT NULL)),
  CHECK (answered_by IS DISTINCT FROM agent_id OR state = 'withdrawn')
);
--> statement-breakpoint
-- One at a time on a ticket.
CREATE UNIQUE INDEX refund_approvals_open ON refund_approvals (ticket_id) WHERE state = 'open';
--> statement-breakpoint
CREATE INDEX refund_approvals_ticket ON refund_approvals (ticket_id, id);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON refund_approvals
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
--> statement-breakpoint
-- An approved refund counts against the limits of who approved it.
CREATE INDEX ledger_approver_day ON ledger_entries (approved_by, day) WHERE approved_by IS NOT NULL;
