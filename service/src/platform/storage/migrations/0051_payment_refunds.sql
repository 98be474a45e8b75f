-- Payments that were found for a ticket, as the provider showed them last: only these can be refunded from it.
CREATE TABLE found_payments (
  ticket_id bigint NOT NULL,
  payment text NOT NULL,
  amount_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL,
  currency text NOT NULL,
  paid_at timestamptz NOT NULL,
  instrument jsonb NOT NULL,
  matched_by text NOT NULL,
  is_disputed boolean NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, payment)
);
--> statement-breakpoint
CREATE INDEX found_payments_read ON found_payments (read_at);
--> statement-breakpoint
-- Refunds that the service makes at the provider, and how far each is. The money is in the ledger, under the same request.
CREATE TABLE payment_refunds (
  request_id text PRIMARY KEY,
  ticket_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  approved_by bigint,
  payment text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL,
  instrument jsonb NOT NULL,
  matched_by text NOT NULL,
  reason_code text,
  reason text,
  state text NOT NULL CHECK (state IN ('started', 'pending', 'succeeded', 'refused', 'failed')),
  provider_ref text,
  refused_because text,
  started_at timestamptz NOT NULL,
  -- When the provider was asked last: from then on it may have been made.
  sent_at timestamptz,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE INDEX payment_refunds_ticket ON payment_refunds (ticket_id);
--> statement-breakpoint
CREATE INDEX payment_refunds_payment ON payment_refunds (payment);
--> statement-breakpoint
CREATE INDEX payment_refunds_open ON payment_refunds (started_at) WHERE state IN ('started', 'pending');
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON payment_refunds
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
