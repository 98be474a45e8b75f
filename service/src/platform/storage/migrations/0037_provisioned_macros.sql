-- Deskwright also sets up macros in Zendesk.
ALTER TABLE provisioned_objects DROP CONSTRAINT provisioned_objects_kind_check;
ALTER TABLE provisioned_objects ADD CONSTRAINT provisioned_objects_kind_check
  CHECK (kind IN ('group', 'ticket_field', 'view', 'macro', 'webhook'));
