-- When Zendesk first knew the user; null: not read yet.
ALTER TABLE people ADD COLUMN created_at timestamptz;
