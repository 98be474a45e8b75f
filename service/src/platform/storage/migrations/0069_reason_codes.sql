-- Which reason of the policy's list was chosen for a recorded refund; those at the provider and requests for approval have it already.
ALTER TABLE refunds ADD COLUMN reason_code text;
