-- What agents gave to customers as goodwill, and took back: append-only, and never more than the policy allowed at that moment.
CREATE TABLE goodwill_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('given', 'taken_back')),
  -- Of the form: the same one gives once.
  request_id text NOT NULL,
  -- Of the policy's catalogue.
  item text NOT NULL,
  item_kind text NOT NULL CHECK (item_kind IN ('credit', 'discount', 'free_account')),
  value_minor bigint NOT NULL CHECK (value_minor >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  ticket_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  -- As in the ledger of refunds: a random name.
  customer text,
  -- The local day against whose budget it counts.
  day date NOT NULL,
  -- What the policy allowed this agent on that day, minor units; null: a free account, which uses no budget.
  budget_minor bigint,
  -- How many of the item it allowed in the month; null: any number.
  per_month integer,
  rule text NOT NULL,
  policy_hash text NOT NULL,
  at timestamptz(3) NOT NULL,
  UNIQUE (request_id, kind),
  CHECK ((item_kind = 'free_account') = (budget_minor IS NULL)),
  CHECK (item_kind <> 'free_account' OR per_month IS NOT NULL)
);
--> statement-breakpoint
-- What one agent gave in the month stands beside every card.
CREATE INDEX goodwill_entries_agent_day ON goodwill_entries (agent_id, day);
--> statement-breakpoint
CREATE INDEX goodwill_entries_ticket ON goodwill_entries (ticket_id);
--> statement-breakpoint
CREATE INDEX goodwill_entries_customer ON goodwill_entries (customer, day);
--> statement-breakpoint
-- Whatever writes: no agent gives more than their budget, and only what was given is taken back, as it was given.
CREATE FUNCTION deskwright_check_goodwill_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  used bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('deskwright goodwill ' || NEW.agent_id, 0));
  IF NEW.kind = 'taken_back' THEN
    IF NOT EXISTS (
      SELECT FROM goodwill_entries g WHERE g.kind = 'given' AND g.request_id = NEW.request_id
        AND (g.item, g.item_kind, g.value_minor, g.currency, g.ticket_id, g.agent_id, g.day) =
          (NEW.item, NEW.item_kind, NEW.value_minor, NEW.currency, NEW.ticket_id, NEW.agent_id, NEW.day)
        AND (g.customer, g.budget_minor, g.per_month) IS NOT DISTINCT FROM (NEW.customer, NEW.budget_minor, NEW.per_month)
    ) THEN
      RAISE EXCEPTION 'goodwill: request % did not give this', NEW.request_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT coalesce(sum(CASE kind WHEN 'given' THEN value_minor ELSE -value_minor END), 0) INTO used
    FROM goodwill_entries WHERE agent_id = NEW.agent_id AND day = NEW.day AND currency = NEW.currency AND budget_minor IS NOT NULL;
  IF used + NEW.value_minor > NEW.budget_minor THEN
    RAISE EXCEPTION 'goodwill: agent % has % left on %, not %', NEW.agent_id, NEW.budget_minor - used, NEW.day, NEW.value_minor
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT coalesce(sum(CASE kind WHEN 'given' THEN 1 ELSE -1 END), 0) INTO used
    FROM goodwill_entries WHERE agent_id = NEW.agent_id AND item = NEW.item
      AND day >= date_trunc('month', NEW.day::timestamp) AND day < date_trunc('month', NEW.day::timestamp) + interval '1 month';
  IF used + 1 > NEW.per_month THEN
    RAISE EXCEPTION 'goodwill: agent % gave % of "%" in the month of %, and may give %', NEW.agent_id, used, NEW.item, NEW.day, NEW.per_month
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER check_entry BEFORE INSERT ON goodwill_entries
  FOR EACH ROW EXECUTE FUNCTION deskwright_check_goodwill_entry();
--> statement-breakpoint
CREATE FUNCTION deskwright_keep_goodwill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'goodwill: entries are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_entries BEFORE UPDATE OR DELETE OR TRUNCATE ON goodwill_entries
  FOR EACH STATEMENT EXECUTE FUNCTION deskwright_keep_goodwill();
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON goodwill_entries FROM PUBLIC, CURRENT_USER;
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT ON goodwill_entries
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
