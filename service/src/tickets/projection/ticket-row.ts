// Defines the ticket data in the projection.
import type { comments, tickets } from '../tables.ts';

export type TicketRow = typeof tickets.$inferSelect;
type Comment = typeof comments.$inferSelect;
/** Only messages of messaging tickets have a `messageId`. */
export type CommentRow = Omit<Comment, 'messageId'> & Partial<Pick<Comment, 'messageId'>>;

/** A ticket at one moment, as shown by an event or a REST answer. Null custom fields: unknown (events leave them out). */
export interface TicketSnapshot {
  id: number;
  subject: string;
  description: string;
  status: string;
  priority: string | null;
  type: string | null;
  via: string | null;
  tags: string[];
  groupId: number | null;
  assigneeId: number | null;
  requesterId: number | null;
  organizationId: number | null;
  brandId: number | null;
  formId: number | null;
  customFields: TicketRow['customFields'];
  createdAt: Date;
  updatedAt: Date;
  snapshotAt: Date;
}
