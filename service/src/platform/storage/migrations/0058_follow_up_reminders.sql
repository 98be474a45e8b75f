-- The highest share of the time, in percent, of which somebody was reminded that the customer was not reached; 0: of none.
ALTER TABLE follow_ups ADD COLUMN reminded integer NOT NULL DEFAULT 0;
