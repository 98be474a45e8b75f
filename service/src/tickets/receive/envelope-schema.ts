// Declares the shape of Zendesk's event envelopes, tolerantly.
import { z } from 'zod';
import {
  authorId,
  idOrNone,
  stamp,
  textOrNone,
  ticketFields,
  ticketStatus,
  zendeskId,
} from '../../zendesk/field-shapes.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** Nanoseconds are cut to milliseconds by `Date`. */
export const eventTime = z.iso
  .datetime({ offset: true })
  .pipe(stamp)
  .transform((value) => new Date(value));

/** `detail` of a ticket event. Source: developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/ */
export const detailSchema = z
  .object({
    ...ticketFields,
    form_id: idOrNone,
    external_id: textOrNone,
    created_at: eventTime,
    updated_at: eventTime,
  })
  .transform((detail) => ({
    id: detail.id,
    subject: detail.subject ?? '',
    description: detail.description ?? '',
    status: detail.status,
    priority: detail.priority,
    type: detail.type,
    via: detail.via,
    tags: detail.tags,
    groupId: detail.group_id,
    assigneeId: detail.assignee_id,
    requesterId: detail.requester_id,
    submitterId: detail.submitter_id,
    organizationId: detail.organization_id,
    brandId: detail.brand_id,
    formId: detail.form_id,
    externalId: detail.external_id,
    isPublic: detail.is_public,
    createdAt: detail.created_at,
    updatedAt: detail.updated_at,
  }));

export const commentAddedSchema = z
  .object({
    comment: z.object({
      id: zendeskId,
      body: textOrNone,
      is_public: z.boolean().nullish().catch(null),
      author: z
        .object({ id: authorId, name: text.catch(null), is_staff: z.boolean().nullish().catch(null) })
        .nullish()
        .catch(null),
    }),
  })
  .transform(({ comment }) => ({
    id: comment.id,
    body: comment.body ?? '',
    isPublic: comment.is_public ?? false,
    authorId: comment.author?.id ?? null,
    authorName: comment.author?.name ?? null,
    isStaff: comment.author?.is_staff ?? null,
  }));

/** Zendesk's have 24 characters; PostgreSQL limits the length of index entries. */
const MESSAGE_ID_LENGTH = 200;
const MESSAGE_AUTHORS: Readonly<Record<string, 'customer' | 'agent'>> = { end_user: 'customer', agent: 'agent' };

/** Source: developer.zendesk.com/api-reference/webhooks/event-types/messaging-events/; `actor.type` may also be `trigger` or `system`. */
export const messageAddedSchema = z
  .object({
    actor: z.object({ id: authorId.catch(null), type: z.string().catch('') }),
    message: z.object({
      id: z.union([z.string().max(MESSAGE_ID_LENGTH), z.number().transform(String)]),
      body: textOrNone.catch(null),
    }),
  })
  .transform(({ actor, message }) => ({
    id: message.id,
    body: message.body ?? '',
    author: MESSAGE_AUTHORS[actor.type.toLowerCase()] ?? ('system' as const),
    authorId: actor.id,
  }));

/** Public connectors show no details in the first kind of event, and the comment's id in the second; whatever is present is read. */
export const commentChangedSchema = z
  .object({ comment: z.object({ id: idOrNone, body: textOrNone }).nullish().catch(null) })
  .transform(({ comment }) => ({ id: comment?.id ?? null, body: comment?.body ?? null }));

export const statusChangedSchema = z.object({ current: ticketStatus, previous: ticketStatus.nullish().catch(null) });
export const idChangedSchema = z.object({ current: idOrNone, previous: idOrNone });

const words = z.array(z.string()).nullish();
/** The documentation shows the two lists under different names, so every known name is read. */
export const tagsChangedSchema = z
  .object({ tags_added: words, tags_removed: words, added: words, removed: words, current: words, previous: words })
  .transform((event) => {
    const current = event.current ?? [];
    const previous = event.previous ?? [];
    return {
      added: event.tags_added ?? event.added ?? current.filter((tag) => !previous.includes(tag)),
      removed: event.tags_removed ?? event.removed ?? previous.filter((tag) => !current.includes(tag)),
    };
  });

/** The envelope around them. Everything is optional: an event with missing fields is still readable. */
export const envelopeSchema = z.object({
  detail: z.unknown(),
  event: z.unknown(),
});

const actor = z.object({ actor_id: authorId }).catch({ actor_id: null });
const sequence = z.object({ meta: z.object({ sequence: z.object({ id: z.string(), position: z.number() }) }) });

/** The actor, even if the rest of `detail` cannot be read. */
export function actorOf(detail: unknown): number | null {
  return actor.parse(detail).actor_id;
}

export function sequenceOf(event: unknown): { id: string; position: number } | null {
  const { data } = sequence.safeParse(event);
  return data ? data.meta.sequence : null;
}
