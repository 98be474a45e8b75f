// Declares the fields of Zendesk's answers that we need.
import { z } from 'zod';
import {
  authorId,
  customFieldList,
  idOrNone,
  readVia,
  stamp,
  textOrNone,
  ticketFields,
  zendeskId,
} from './field-shapes.ts';
import { readMailMarks } from './mail-marks.ts';

/** Absent and null mean the same here. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

/** A ticket's id, status and two timestamps must be valid; other unreadable fields count as none. */
export const ticketShape = z
  .object({
    ...ticketFields,
    raw_subject: textOrNone.catch(null),
    ticket_form_id: idOrNone,
    custom_fields: customFieldList,
    created_at: stamp,
    updated_at: stamp,
    generated_timestamp: z.number().nullish().catch(0),
    satisfaction_rating: z
      .object({ score: z.enum(['offered', 'good', 'bad']) })
      .nullish()
      .catch(null),
  })
  .transform(({ raw_subject, satisfaction_rating, ...ticket }) => ({
    ...ticket,
    ...(satisfaction_rating && { satisfaction: satisfaction_rating.score }),
    subject: ticket.subject ?? raw_subject,
    via: ticket.via === null ? null : { channel: ticket.via },
    generated_timestamp: ticket.generated_timestamp ?? 0,
  }));

export const commentShape = z
  .object({
    id: zendeskId,
    author_id: authorId,
    body: z.string().catch(''),
    // A comment counts as internal unless it is marked as public.
    public: z.boolean().catch(false),
    created_at: stamp,
    via: z.unknown().optional(),
    metadata: z.unknown().optional(),
  })
  .transform(({ via, metadata, ...comment }) => {
    const channel = readVia(via);
    const marks = readMailMarks(via, metadata);
    return { ...comment, via: channel === null ? null : { channel }, ...(marks && { marks }) };
  });

export const auditShape = z
  .object({
    id: zendeskId,
    metadata: z.object({ custom: z.record(z.string(), z.unknown()).catch({}) }).catch({ custom: {} }),
  })
  .transform((audit) => ({ auditId: audit.id, custom: audit.metadata.custom }));

/** A status change in an audit; `closed` follows `solved`, or comes alone if nobody solved the ticket first. */
export const solveShape = z.object({
  created_at: stamp,
  events: z.array(z.unknown()).transform((events) => events.some((event) => solveEvent.safeParse(event).success)),
});

const solveEvent = z.object({
  type: z.enum(['Create', 'Change']),
  field_name: z.literal('status'),
  value: z.enum(['solved', 'closed']),
});

const COMMENT_CHANGES = new Set(['CommentPrivacyChange', 'CommentRedactionEvent', 'AttachmentRedactionEvent']);

/** `Comment` is read; others (`VoiceComment`, ...) are comments too, which only the list of a ticket's comments shows as such. */
const isOtherComment = (type: string): boolean => type.endsWith('Comment') || COMMENT_CHANGES.has(type);

/** A changed field may stand in the event under its own name, and one is called `type`: `event_type` says more. */
const namedEvent = z
  .object({ event_type: z.string().nullish().catch(null), type: z.string().nullish().catch(null) })
  .transform((named) => named.event_type ?? named.type ?? null)
  .catch(null);

/** A change of status has the form of an audit's event, or names the field itself: `{ status: 'solved', event_type: 'Change' }`. */
const statusNamed = z.object({ event_type: z.enum(['Create', 'Change']), status: z.enum(['solved', 'closed']) });

/** A ticket event is an audit with other names: `child_events`, and `timestamp` in epoch seconds. */
export const ticketUpdateShape = z
  .object({
    ticket_id: zendeskId,
    timestamp: z.number().transform((seconds) => new Date(seconds * 1000).toISOString()),
    via: z.unknown().optional(),
    metadata: z.unknown().optional(),
    child_events: z.array(z.unknown()),
  })
  .transform(({ ticket_id, timestamp: created_at, via, metadata, child_events: children }) => {
    const comments: z.output<typeof commentShape>[] = [];
    let incomplete = false;
    for (const child of children) {
      const type = namedEvent.parse(child);
      if (type === null || (type !== 'Comment' && isOtherComment(type))) incomplete = true;
      if (type !== 'Comment') continue;
      const read = commentShape.safeParse({ created_at, via, metadata, ...(child as object) });
      // Without the words the export only says that there is a comment.
      if (read.success && typeof (child as { body?: unknown }).body === 'string') comments.push(read.data);
      else incomplete = true;
    }
    const solves = children.some((one) => solveEvent.safeParse(one).success || statusNamed.safeParse(one).success);
    return { ticket_id, created_at, comments, solves, incomplete };
  });

export const userSinceShape = z.object({ created_at: stamp });

/** An address or another way to recognise a user. https://developer.zendesk.com/api-reference/ticketing/users/user_identities/ */
export const identityShape = z.object({
  type: z.string(),
  value: textOrNone,
  primary: z.boolean().catch(false),
  created_at: stamp,
  updated_at: stamp,
});

export const userShape = z.object({
  id: idOrNone,
  name: z.string().catch(''),
  email: z.string().nullable().catch(null),
  role: z.enum(['end-user', 'agent', 'admin']).catch('end-user'),
  suspended: z.boolean().catch(false),
  locale: z.string().nullable().catch(null),
  iana_time_zone: z.string().nullish().catch(null),
  created_at: stamp.nullish().catch(null),
  external_id: z.string().nullish().catch(null),
  user_fields: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** In a list every user has an id; only `users/me` may lack one. */
export const listedUserShape = userShape.extend({ id: zendeskId });

export const exportedUserShape = listedUserShape.extend({
  active: z.boolean().catch(true),
  permanently_deleted: z.boolean().catch(false),
});

export const agentShape = listedUserShape.extend({
  active: z.boolean().catch(true),
  organization_id: idOrNone,
  // An unknown restriction must not count as none.
  ticket_restriction: maybe(z.enum(['organization', 'groups', 'assigned', 'requested']).catch('requested').nullish()),
  custom_role_id: idOrNone,
});

export const membershipShape = z.object({ group_id: zendeskId });

/** In the list of all memberships, with the user it belongs to. */
export const userMembershipShape = membershipShape.extend({ user_id: zendeskId });

export const membershipPageShape = z.object({
  group_memberships: z.array(z.unknown()),
  meta: z.object({ has_more: z.boolean().catch(false), after_cursor: z.string().nullable().catch(null) }),
});

export const roleShape = z.object({
  id: idOrNone,
  configuration: z.object({
    ticket_access: z
      .enum(['all', 'assigned-only', 'within-groups', 'within-groups-and-public-groups', 'within-organization'])
      .nullable()
      .catch(null),
    ticket_editing: z.boolean().catch(false),
    ticket_tag_editing: z.boolean().catch(false),
    assign_tickets_to_any_group: z.boolean().catch(false),
    // Absent: an ordinary role. An unreadable one must not count as one.
    light_agent: z.boolean().default(false).catch(true),
  }),
});

const said = z
  .unknown()
  .optional()
  .transform((value) => {
    if (value === undefined || value === null || value === '' || value === false) return null;
    return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
  });

/**
 * A row of a bulk job. As recorded, a failed row is `{index, error, id, details}` without `success`, so a row counts as done unless
 * something in it says otherwise. `success` is null if it says nothing at all.
 */
const jobRow = z
  .object({ id: z.number().int(), success: z.unknown().optional(), status: said, error: said, details: said })
  .transform(({ id: rowId, success, status, error, details }) => {
    const fails = (success ?? true) !== true || error !== null || /fail|error/i.test(status ?? '');
    const worked = success === true || status !== null;
    return { id: rowId, success: fails || (!worked && details !== null) ? false : worked || null, error, details };
  })
  .catch({ id: 0, success: null, error: null, details: null });

export const jobShape = z
  .object({
    id: z.string(),
    status: z.enum(['queued', 'working', 'failed', 'completed', 'killed']),
    // Zendesk documents that `results` may be an object instead of a list.
    results: z.array(jobRow).catch([]),
  })
  .transform(({ results, ...job }) => ({
    ...job,
    results: results.flatMap(({ success, ...row }) => {
      // In a completed job, a row that says nothing was done. In others, it is unknown.
      const known = success ?? (job.status === 'completed' || null);
      return row.id > 0 && known !== null ? [{ ...row, success: known }] : [];
    }),
  }));

export const nameShape = z.object({ id: zendeskId, name: z.string() });

export const auditLogShape = z.object({ actor_name: z.string(), created_at: z.string() });
