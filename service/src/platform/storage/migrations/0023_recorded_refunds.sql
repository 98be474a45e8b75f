-- Agents record refunds in the sidebar. `request_id`: the same form sent twice counts once. `reason` may quote a customer, so it goes before the row.
ALTER TABLE refunds
  ADD COLUMN request_id text UNIQUE,
  ADD COLUMN reason text,
  ADD COLUMN undone_at timestamptz,
  ADD COLUMN undone_by bigint;
--> statement-breakpoint
CREATE INDEX refunds_ticket ON refunds (ticket_id, id);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON refunds
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
