-- Ids of a customer at the provider of payments, which their profile in Zendesk names.
ALTER TABLE people ADD COLUMN customer_ids text[] NOT NULL DEFAULT '{}';
