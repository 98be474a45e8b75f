-- Of the open dispute: which it is, why, and until when evidence is due, for when the provider does not answer.
ALTER TABLE found_payments ADD COLUMN dispute_id text, ADD COLUMN dispute_reason text, ADD COLUMN evidence_due_by timestamptz;
--> statement-breakpoint
-- For which dispute of the payment it was collected; null: by the former version, for whichever was open.
ALTER TABLE evidence_ticks ADD COLUMN dispute text;
--> statement-breakpoint
-- Payments that the provider told of are read again, for each ticket for which they were found.
CREATE INDEX found_payments_payment ON found_payments (payment);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER UPDATE ON found_payments FOR EACH ROW
  WHEN (OLD.is_disputed IS DISTINCT FROM NEW.is_disputed OR OLD.dispute_id IS DISTINCT FROM NEW.dispute_id
    OR OLD.evidence_due_by IS DISTINCT FROM NEW.evidence_due_by)
  EXECUTE FUNCTION deskwright_tell_live('ticket_id');
