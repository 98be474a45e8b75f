-- Events, the export, answers to our writes and bulk jobs all write the projection, and the echo of a move changes nothing there:
-- counted here, each move counts once.
CREATE FUNCTION deskwright_note_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ticket_moves (ticket_id, from_group_id, to_group_id, moved_at)
  VALUES (NEW.id, OLD.group_id, NEW.group_id,
    -- A bulk job does not tell when: its rows keep the moment of the last look.
    CASE WHEN NEW.snapshot_at = OLD.snapshot_at THEN now() ELSE NEW.snapshot_at END);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER note_move AFTER UPDATE OF group_id ON tickets
  FOR EACH ROW WHEN (OLD.group_id <> NEW.group_id) EXECUTE FUNCTION deskwright_note_move();
--> statement-breakpoint
-- What agents did is looked for several times a second, beside however many decisions that wait.
CREATE INDEX outbox_agent_acts ON outbox (ticket_id) WHERE state = 'waiting' AND payload ->> 'cause' = 'agent';
