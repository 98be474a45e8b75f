-- Two bytes of a hash of what an agent filled in, by which the same form is known once its inputs are deleted; null: of a read, or from before.
ALTER TABLE tool_runs ADD COLUMN inputs_check integer;
