-- By all cells of its row: an answer counts once, however the columns of its file were mapped.
ALTER TABLE imported_answers ADD COLUMN row_key bytea;
CREATE INDEX imported_answers_row ON imported_answers (row_key);
