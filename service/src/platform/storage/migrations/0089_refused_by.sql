-- Who unsubscribed or complained: it holds for their other addresses too, also after a bounce of this one and after its surveys are no longer kept.
ALTER TABLE unsubscribed ADD COLUMN refused_by bigint;
CREATE INDEX unsubscribed_refused_by ON unsubscribed (refused_by) WHERE refused_by IS NOT NULL;
UPDATE unsubscribed u SET refused_by =
  (SELECT i.requester_id FROM invitations i WHERE i.recipient = u.email AND (u.by_customer OR i.reason = 'complained') ORDER BY i.id DESC LIMIT 1);
