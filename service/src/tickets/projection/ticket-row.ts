// Defines the ticket data in the projection, and the tags for category and tier.
import type { comments, tickets } from '../tables.ts';

/** Without the band in the queue, which is computed from it. */
export type TicketRow = Omit<typeof tickets.$inferSelect, 'queueBand'>;
type Comment = typeof comments.$inferSelect;
/** Only messages of messaging tickets have a `messageId`. */
export type CommentRow = Omit<Comment, 'messageId'> & Partial<Pick<Comment, 'messageId'>>;

/** Whether a mail program sent it, in the name of its author: it is neither a question nor an answer, as what Zendesk itself writes. */
export const isAutomatic = ({ author, authorId, messageId, public: isPublic }: CommentRow): boolean =>
  author === 'system' && authorId !== null && authorId > 0 && (messageId == null || isPublic);

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

const CATEGORY = 'category__';
const TIER = 'tier__';

export const categoryTag = (categoryId: string): string => CATEGORY + categoryId;
export const tierTag = (tierId: string): string => TIER + tierId;

/** True for tags of which a ticket may have only one. */
export const isPlacementTag = (tag: string): boolean => tag.startsWith(CATEGORY) || tag.startsWith(TIER);

/** The category ids in a ticket's tags. */
export const categoriesOf = (tags: readonly string[]): string[] => idsIn(tags, CATEGORY);

/** The tier ids in a ticket's tags. */
export const tiersOf = (tags: readonly string[]): string[] => idsIn(tags, TIER);

function idsIn(tags: readonly string[], prefix: string): string[] {
  return tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}
