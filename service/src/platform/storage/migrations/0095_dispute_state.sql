-- open, lost or won. Null: there is none, or it was read by the former version, which stores only is_disputed (open or lost).
ALTER TABLE found_payments ADD COLUMN dispute_state text;
--> statement-breakpoint
CREATE TRIGGER tell_live_of_state AFTER UPDATE ON found_payments FOR EACH ROW
  WHEN (OLD.dispute_state IS DISTINCT FROM NEW.dispute_state)
  EXECUTE FUNCTION deskwright_tell_live('ticket_id');
