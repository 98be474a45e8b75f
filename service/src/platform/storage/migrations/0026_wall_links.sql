-- Read-only links to the dashboard, for screens on a wall.
CREATE TABLE wall_links (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  -- SHA-256 of the link's 256 random bits, which are stored nowhere.
  token_hash bytea NOT NULL UNIQUE,
  created_by bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_by bigint,
  revoked_at timestamptz
);
--> statement-breakpoint
-- Tells the open dashboards that something they show has changed.
CREATE FUNCTION deskwright_tell_dashboard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('deskwright_live', 'dashboard');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER INSERT OR DELETE ON measures
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER INSERT OR UPDATE OR DELETE ON waits
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER INSERT OR UPDATE ON annotations
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER INSERT ON view_overrules
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
--> statement-breakpoint
-- Only effects that were set aside are shown.
CREATE TRIGGER tell_dashboard AFTER UPDATE OF state ON outbox
  FOR EACH ROW WHEN (OLD.state <> NEW.state AND (OLD.state = 'parked' OR NEW.state = 'parked'))
  EXECUTE FUNCTION deskwright_tell_dashboard();
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER UPDATE OF revoked_at ON wall_links
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
