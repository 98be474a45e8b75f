-- Several requests may wait on a ticket: one for each payment. Those of a payment never ask together for more than is left of it.
DROP INDEX refund_approvals_open;
--> statement-breakpoint
CREATE INDEX refund_approvals_pending ON refund_approvals (payment, ticket_id) WHERE state = 'open';
--> statement-breakpoint
CREATE FUNCTION deskwright_check_refund_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  pending bigint;
  paid bigint;
  refunded bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('deskwright ledger', 0));
  IF EXISTS (
    SELECT FROM refund_approvals
      WHERE state = 'open' AND ticket_id = NEW.ticket_id AND payment IS NOT DISTINCT FROM NEW.payment
  ) THEN
    RAISE EXCEPTION 'refund_approvals: a request waits for payment % on ticket %', NEW.payment, NEW.ticket_id
      USING ERRCODE = 'unique_violation';
  END IF;
  IF NEW.payment IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT coalesce(sum(amount_minor), 0) INTO pending FROM refund_approvals
    WHERE state = 'open' AND expires_at > NEW.asked_at AND payment = NEW.payment AND currency = NEW.currency;
  SELECT max(amount_minor) FILTER (WHERE kind = 'payment'),
      coalesce(sum(CASE WHEN kind IN ('reserved', 'outside') THEN amount_minor
                        WHEN kind IN ('released', 'reversed') THEN -amount_minor ELSE 0 END), 0)
    INTO paid, refunded FROM ledger_entries WHERE payment = NEW.payment AND currency = NEW.currency;
  IF pending + refunded + NEW.amount_minor > coalesce(paid, NEW.paid_minor) THEN
    RAISE EXCEPTION 'refund_approvals: % of payment % can be asked for, not %',
      coalesce(paid, NEW.paid_minor) - pending - refunded, NEW.payment, NEW.amount_minor
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER check_refund_approval BEFORE INSERT ON refund_approvals
  FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION deskwright_check_refund_approval();
