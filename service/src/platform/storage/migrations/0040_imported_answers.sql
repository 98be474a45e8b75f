-- Answers that customers gave in another survey tool. An import is undone as a whole.
CREATE TABLE answer_imports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('typeform', 'simplesat', 'other')),
  survey text NOT NULL CHECK (survey IN ('nps', 'csat', 'ces')),
  file text NOT NULL,
  added integer NOT NULL,
  who text NOT NULL,
  at timestamptz NOT NULL,
  undone_at timestamptz
);
--> statement-breakpoint
CREATE TABLE imported_answers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES answer_imports (id),
  source text NOT NULL,
  survey text NOT NULL,
  -- SHA-256 of the other tool's id of the answer; null: it has none.
  source_key bytea,
  -- SHA-256 of what else tells the answer from others; null: nothing does.
  content_key bytea,
  score integer NOT NULL,
  comment text NOT NULL DEFAULT '',
  -- Null: unknown.
  requester_id bigint,
  -- `sha256:` and the hash of the lower-case address: enough to find and to erase.
  address_hash text,
  ticket_id bigint,
  answered_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX imported_answers_source ON imported_answers (source_key);
--> statement-breakpoint
CREATE UNIQUE INDEX imported_answers_content ON imported_answers (content_key);
--> statement-breakpoint
CREATE INDEX imported_answers_answered ON imported_answers (survey, answered_at);
--> statement-breakpoint
CREATE INDEX imported_answers_requester ON imported_answers (requester_id);
--> statement-breakpoint
CREATE INDEX imported_answers_address ON imported_answers (address_hash);
--> statement-breakpoint
CREATE INDEX imported_answers_ticket ON imported_answers (ticket_id);
--> statement-breakpoint
CREATE INDEX imported_answers_import ON imported_answers (import_id);
