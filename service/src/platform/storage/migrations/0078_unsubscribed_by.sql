-- False: a bounce or a complaint suppressed the address, and no page of ours lifts that.
ALTER TABLE unsubscribed ADD COLUMN by_customer boolean NOT NULL DEFAULT true;
UPDATE unsubscribed u SET by_customer = false
WHERE EXISTS (SELECT FROM invitations i WHERE i.recipient = u.email AND i.reason IN ('bounced', 'complained'));
