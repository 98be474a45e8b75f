-- The books of refunds: each entry moves an amount from one account to another and holds the hash of the entry before it. Append-only.
CREATE TABLE ledger_entries (
  seq bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('payment', 'reserved', 'confirmed', 'released', 'outside', 'reversed')),
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  payment text NOT NULL,
  request_id text,
  ticket_id bigint,
  agent_id bigint,
  customer text,
  day date NOT NULL,
  rule text,
  policy_hash text,
  approved_by bigint,
  provider_ref text,
  at timestamptz(3) NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL,
  CHECK ((request_id IS NULL) = (kind IN ('payment', 'outside')))
);
--> statement-breakpoint
-- A refund is reserved once, ends once, and comes back at most once.
CREATE UNIQUE INDEX ledger_reserved_once ON ledger_entries (request_id) WHERE kind = 'reserved';
--> statement-breakpoint
CREATE UNIQUE INDEX ledger_settled_once ON ledger_entries (request_id) WHERE kind IN ('confirmed', 'released');
--> statement-breakpoint
CREATE UNIQUE INDEX ledger_reversed_once ON ledger_entries (request_id) WHERE kind = 'reversed';
--> statement-breakpoint
-- The provider's refund, or what was paid, stands in the books once.
CREATE UNIQUE INDEX ledger_paid_once ON ledger_entries (payment) WHERE kind = 'payment';
--> statement-breakpoint
CREATE UNIQUE INDEX ledger_refunded_once ON ledger_entries (payment, provider_ref)
  WHERE kind IN ('confirmed', 'outside') AND provider_ref IS NOT NULL;
--> statement-breakpoint
CREATE INDEX ledger_payment ON ledger_entries (payment);
--> statement-breakpoint
-- What one agent refunded on one day stands beside every card.
CREATE INDEX ledger_agent_day ON ledger_entries (agent_id, day);
--> statement-breakpoint
CREATE INDEX ledger_customer_day ON ledger_entries (customer, day);
--> statement-breakpoint
CREATE INDEX ledger_ticket ON ledger_entries (ticket_id);
--> statement-breakpoint
-- Whose money it is, apart from the books, so that a person can be forgotten and the books stay whole.
CREATE TABLE ledger_customers (
  customer text PRIMARY KEY,
  requester_id bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX ledger_customers_requester ON ledger_customers (requester_id);
--> statement-breakpoint
CREATE TABLE refund_stops (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  action text NOT NULL CHECK (action IN ('stop', 'resume')),
  who text NOT NULL,
  why text NOT NULL,
  at timestamptz NOT NULL
);
--> statement-breakpoint
-- Whatever writes: entries come one after the other, nothing leaves an account that is not in it, and a refund ends with what was reserved.
CREATE FUNCTION deskwright_check_ledger_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last ledger_entries;
  reserved ledger_entries;
  refundable bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('deskwright ledger', 0));
  SELECT * INTO last FROM ledger_entries ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.previous_hash <> coalesce(last.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'ledger: entry % does not follow entry %', NEW.seq, coalesce(last.seq, 0)
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.kind <> 'payment' THEN
    SELECT sum(CASE WHEN kind IN ('payment', 'released', 'reversed') THEN amount_minor
                    WHEN kind IN ('reserved', 'outside') THEN -amount_minor ELSE 0 END)
      INTO refundable FROM ledger_entries WHERE payment = NEW.payment AND currency = NEW.currency;
    IF NEW.kind IN ('reserved', 'outside') AND NEW.amount_minor > coalesce(refundable, 0) THEN
      RAISE EXCEPTION 'ledger: % of payment % can be refunded, not %', coalesce(refundable, 0), NEW.payment, NEW.amount_minor
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF NEW.kind IN ('confirmed', 'released', 'reversed') THEN
    SELECT * INTO reserved FROM ledger_entries WHERE request_id = NEW.request_id AND kind = 'reserved';
    IF reserved IS NULL OR (reserved.amount_minor, reserved.currency, reserved.payment, reserved.ticket_id, reserved.agent_id,
        reserved.customer, reserved.day)
      IS DISTINCT FROM (NEW.amount_minor, NEW.currency, NEW.payment, NEW.ticket_id, NEW.agent_id, NEW.customer, NEW.day) THEN
      RAISE EXCEPTION 'ledger: request % did not reserve this', NEW.request_id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'reversed' AND NOT EXISTS (
      SELECT FROM ledger_entries WHERE request_id = NEW.request_id AND kind = 'confirmed'
    ) THEN
      RAISE EXCEPTION 'ledger: request % was not confirmed', NEW.request_id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER check_entry BEFORE INSERT ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION deskwright_check_ledger_entry();
--> statement-breakpoint
CREATE FUNCTION deskwright_keep_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: entries are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_entries BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_keep_ledger();
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entries FROM PUBLIC, CURRENT_USER;
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT ON ledger_entries
  FOR EACH ROW WHEN (NEW.ticket_id IS NOT NULL) EXECUTE FUNCTION deskwright_tell_live('ticket_id');
