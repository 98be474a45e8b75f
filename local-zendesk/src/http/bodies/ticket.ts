// Validates request bodies of tickets.
import { z } from 'zod';
import { flag, id, optionalId, tags, text } from './common.ts';

const comment = z.object({
  body: text.optional(),
  html_body: text.optional(),
  public: flag.optional(),
  author_id: id.optional(),
  uploads: z.union([z.array(text), text.transform((token) => [token])]).optional(),
});

const customFieldValue = z.union([z.null(), z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** Live accounts take `[{id, value}]` and also `{"<id>": value}`. */
const customFields = z.union([
  z.array(z.object({ id, value: customFieldValue.default(null) })),
  z
    .record(z.string(), customFieldValue)
    .transform((record) => Object.entries(record).map(([key, value]) => ({ id: Number(key), value }))),
]);

const requester = z.object({ name: text.optional(), email: text.optional() });

const shape = {
  subject: text.nullish().transform((value) => value ?? undefined),
  type: z.enum(['problem', 'incident', 'question', 'task']).nullable().optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).nullable().optional(),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']).optional(),
  custom_status_id: id.optional(),
  requester_id: id.optional(),
  requester: requester.optional(),
  submitter_id: id.optional(),
  assignee_id: optionalId,
  assignee_email: text.optional(),
  group_id: optionalId,
  organization_id: optionalId,
  brand_id: id.optional(),
  ticket_form_id: id.optional(),
  external_id: text.nullable().optional(),
  problem_id: optionalId,
  due_at: text.nullable().optional(),
  collaborator_ids: z.array(id).optional(),
  follower_ids: z.array(id).optional(),
  email_cc_ids: z.array(id).optional(),
  tags: tags.optional(),
  additional_tags: tags.optional(),
  remove_tags: tags.optional(),
  custom_fields: customFields.optional(),
  fields: customFields.optional(),
  comment: comment.optional(),
  description: text.optional(),
  recipient: text.optional(),
  safe_update: flag.optional(),
  updated_stamp: text.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  via_followup_source_id: id.optional(),
};

/** `fields` is an older name of `custom_fields`. */
const foldFields = <T extends { fields?: unknown; custom_fields?: unknown }>({ fields, ...rest }: T) => ({
  ...rest,
  custom_fields: rest.custom_fields ?? fields,
});

const ticket = z.object(shape).transform((given) => foldFields(given) as Omit<typeof given, 'fields'>);
const ticketWithId = z.object({ ...shape, id }).transform((given) => foldFields(given) as Omit<typeof given, 'fields'>);

export const ticketBody = z.object({ ticket });
export const ticketsBody = z.object({ tickets: z.array(ticket).min(1).max(100) });
export const bulkOneBody = z.object({ ticket });
export const bulkManyBody = z.object({ tickets: z.array(ticketWithId).min(1).max(100) });

export const tagsBody = z.object({ tags, updated_stamp: text.optional(), safe_update: flag.optional() });

export const mergeBody = z.object({
  ids: z.array(id).min(1).max(100),
  target_comment: text.optional(),
  source_comment: text.optional(),
  target_comment_is_public: flag.optional(),
  source_comment_is_public: flag.optional(),
});

export const redactAttachmentBody = z.object({});

export const skipBody = z.object({ skip: z.object({ ticket_id: id, reason: text }) });
