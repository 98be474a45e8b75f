-- For which customer a payment was found: it is not refunded from the ticket once that has another one. Null: found before.
ALTER TABLE found_payments ADD COLUMN requester_id bigint;
--> statement-breakpoint
-- Customers whose ticket it was before: their refunds count, too.
CREATE TABLE former_requesters (
  ticket_id bigint NOT NULL,
  requester_id bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, requester_id)
);
--> statement-breakpoint
CREATE INDEX former_requesters_requester ON former_requesters (requester_id);
--> statement-breakpoint
CREATE INDEX former_requesters_at ON former_requesters (at);
--> statement-breakpoint
-- A refund made outside can fail at the bank later. It has no request, so the entry names the provider's refund.
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_check;
--> statement-breakpoint
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_check CHECK (
  (request_id IS NULL) = (kind IN ('payment', 'outside')) OR (kind = 'reversed' AND coalesce(provider_ref, '') <> '')
);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION deskwright_check_ledger_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last ledger_entries;
  first ledger_entries;
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
    IF NEW.request_id IS NULL THEN
      SELECT * INTO first FROM ledger_entries
        WHERE payment = NEW.payment AND provider_ref = NEW.provider_ref AND kind = 'outside';
    ELSE
      SELECT * INTO first FROM ledger_entries WHERE request_id = NEW.request_id AND kind = 'reserved';
    END IF;
    IF first IS NULL OR (first.amount_minor, first.currency, first.payment, first.ticket_id, first.agent_id,
        first.customer, first.day)
      IS DISTINCT FROM (NEW.amount_minor, NEW.currency, NEW.payment, NEW.ticket_id, NEW.agent_id, NEW.customer, NEW.day) THEN
      RAISE EXCEPTION 'ledger: request % did not reserve this', coalesce(NEW.request_id, NEW.provider_ref)
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'reversed' AND NEW.request_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM ledger_entries WHERE request_id = NEW.request_id AND kind = 'confirmed'
    ) THEN
      RAISE EXCEPTION 'ledger: request % was not confirmed', NEW.request_id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.request_id IS NULL AND EXISTS (
      SELECT FROM ledger_entries
        WHERE payment = NEW.payment AND provider_ref = NEW.provider_ref AND kind = 'reversed' AND request_id IS NULL
    ) THEN
      RAISE EXCEPTION 'ledger: refund % came back already', NEW.provider_ref
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END
$$;
