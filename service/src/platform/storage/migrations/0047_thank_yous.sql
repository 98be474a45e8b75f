-- Whom a mail thanked for recommending the company, once an answer, and not too often.
CREATE TABLE thank_yous (
  -- Of the answer.
  invitation_id bigint PRIMARY KEY,
  requester_id bigint NOT NULL,
  at timestamptz NOT NULL,
  -- Of the link in the mail that unsubscribes; null: it was not sent.
  token_hash bytea
);
--> statement-breakpoint
CREATE INDEX thank_yous_requester ON thank_yous (requester_id, at);
--> statement-breakpoint
CREATE UNIQUE INDEX thank_yous_token ON thank_yous (token_hash) WHERE token_hash IS NOT NULL;
