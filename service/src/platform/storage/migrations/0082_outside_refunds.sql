-- Refunds made outside are told of on the day on which they are entered, however long ago they were made.
CREATE INDEX ledger_entries_outside_at ON ledger_entries (at) WHERE kind = 'outside';
