-- What Zendesk last said of each agent, for all web processes: who asks first after a minute reads it anew for everybody.
CREATE TABLE agent_standings (
  id bigint PRIMARY KEY,
  standing jsonb,
  read_at timestamptz,
  asked_at timestamptz
);
