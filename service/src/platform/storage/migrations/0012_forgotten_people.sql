-- Customers who were forgotten, by number alone: what they wrote until then never comes back from Zendesk.
CREATE TABLE forgotten_people (
  user_id bigint PRIMARY KEY,
  forgotten_at timestamptz NOT NULL
);
