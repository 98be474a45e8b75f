-- Each decision looks for refunds recorded lately that the books do not have; without it, among all that were ever recorded.
CREATE INDEX refunds_granted ON refunds (granted_at);
