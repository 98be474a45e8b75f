-- Of a survey about no ticket: what the customer's newest ticket was like when the mail was sent. Null: there was none.
ALTER TABLE invitations
  ADD COLUMN tier text,
  ADD COLUMN group_id bigint,
  ADD COLUMN channel text,
  ADD COLUMN brand_id bigint;
