-- What was erased by request or because Zendesk deleted it: by kind and number, without the person's data.
CREATE TABLE erasure_receipts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  -- `ana@support-1`, who ran the command; `zendesk`: it deleted the ticket or the user for good.
  who text NOT NULL,
  what text NOT NULL CHECK (what IN ('ticket', 'customer')),
  removed jsonb NOT NULL
);
