-- Until when words were taken out of a ticket in Zendesk: of events from before that, which may come late, nothing is kept.
CREATE TABLE redacted_tickets (
  ticket_id bigint PRIMARY KEY,
  redacted_at timestamptz NOT NULL
);
