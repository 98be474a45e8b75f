-- What is done about a customer's bad answer: one at a time for each customer, whom later bad answers join.
CREATE TABLE follow_ups (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Its ticket's external id in Zendesk ends with it.
  key uuid NOT NULL DEFAULT gen_random_uuid(),
  requester_id bigint NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'contacted', 'closed', 'expired')),
  -- Of the answer that opened it, with the ticket that this answer is about.
  survey text NOT NULL,
  source_ticket_id bigint,
  action text NOT NULL CHECK (action IN ('reopen', 'new_ticket')),
  -- Null: there is none yet.
  ticket_id bigint,
  owner_group text,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  -- When somebody reached the customer; null: nobody did.
  contacted_at timestamptz,
  outcome text,
  root_cause text,
  note text NOT NULL DEFAULT '',
  recorded_at timestamptz,
  recorded_by bigint,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE UNIQUE INDEX follow_ups_under_way ON follow_ups (requester_id) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX follow_ups_requester ON follow_ups (requester_id);
--> statement-breakpoint
CREATE INDEX follow_ups_ticket ON follow_ups (ticket_id) WHERE ticket_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX follow_ups_ended ON follow_ups (ended_at) WHERE ended_at IS NOT NULL;
--> statement-breakpoint
CREATE TABLE follow_up_answers (
  -- Of the answer.
  invitation_id bigint PRIMARY KEY,
  follow_up_id bigint NOT NULL REFERENCES follow_ups (id) ON DELETE CASCADE,
  joined_at timestamptz NOT NULL,
  -- The revision that the follow-up's ticket tells of; null: none yet.
  shown integer
);
--> statement-breakpoint
CREATE INDEX follow_up_answers_of ON follow_up_answers (follow_up_id);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON follow_ups
  FOR EACH ROW WHEN (NEW.ticket_id IS NOT NULL) EXECUTE FUNCTION deskwright_tell_live('ticket_id');
--> statement-breakpoint
CREATE TRIGGER tell_dashboard AFTER INSERT OR UPDATE ON follow_ups
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_tell_dashboard();
