-- Payments of which the provider said that something changed, until they are compared with the books.
CREATE TABLE payments_to_check (
  payment text PRIMARY KEY,
  asked_at timestamptz NOT NULL
);
--> statement-breakpoint
-- Comparisons of the books with the provider, and what differed.
CREATE TABLE refund_reconciliations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  since timestamptz NOT NULL,
  payments integer NOT NULL,
  differences jsonb NOT NULL
);
