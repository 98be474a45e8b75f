-- Tickets of the export that are taken in when their comments have been read: an import that is interrupted goes on with them.
CREATE TABLE comment_reads (
  ticket_id bigint PRIMARY KEY,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  replies integer,
  reopens integer,
  latest_comment_at timestamptz
);
