// Which fields of Zendesk's answers do we rely on?
import { readChannel } from '@deskwright/shared';
import { z } from 'zod';

/** Absent and null mean the same to us. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const id = z.number().int();

const customFieldValue = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
  // Lookup fields and others to come hold objects: no rule can ask for them.
  .catch(null);

export const ticketShape = z.object({
  id: id.positive(),
  subject: maybe(z.string()),
  description: maybe(z.string()),
  status: z.string(),
  priority: maybe(z.string()),
  type: maybe(z.string()),
  via: z
    .object({ channel: z.unknown() })
    .nullish()
    .catch(null)
    .transform((via) => {
      const channel = readChannel(via?.channel);
      return channel === null ? null : { channel };
    }),
  tags: z.array(z.string()),
  group_id: maybe(id),
  assignee_id: maybe(id),
  requester_id: maybe(id),
  organization_id: maybe(id),
  brand_id: maybe(id),
  ticket_form_id: maybe(id),
  custom_fields: z
    .array(z.object({ id, value: customFieldValue }))
    .nullish()
    .transform((fields) => fields ?? []),
  created_at: z.string(),
  updated_at: z.string(),
  generated_timestamp: z.number().default(0),
});

export const metricSetShape = z.object({
  ticket_id: id,
  replies: z.number().catch(0),
  reopens: z.number().catch(0),
  solved_at: maybe(z.string()),
  latest_comment_added_at: maybe(z.string()),
  requester_updated_at: maybe(z.string()),
});

export const commentShape = z.object({
  id,
  author_id: id,
  body: z.string().catch(''),
  public: z.boolean(),
  created_at: z.string(),
});

export const auditShape = z
  .object({
    id,
    metadata: z.object({ custom: z.record(z.string(), z.unknown()).catch({}) }).catch({ custom: {} }),
  })
  .transform((audit) => ({ auditId: audit.id, custom: audit.metadata.custom }));

export const userShape = z.object({
  id: maybe(id),
  name: z.string().catch(''),
  email: maybe(z.string()),
  role: z.enum(['end-user', 'agent', 'admin']).catch('end-user'),
  suspended: z.boolean().catch(false),
  locale: maybe(z.string()),
});

export const agentShape = userShape.extend({
  id,
  active: z.boolean().catch(true),
  organization_id: maybe(id),
  // A restriction we do not know must not count as none.
  ticket_restriction: maybe(z.enum(['organization', 'groups', 'assigned', 'requested']).catch('requested').nullish()),
  custom_role_id: maybe(id),
});

export const membershipShape = z.object({ group_id: id });

export const roleShape = z.object({
  configuration: z.object({
    ticket_access: z
      .enum(['all', 'assigned-only', 'within-groups', 'within-groups-and-public-groups', 'within-organization'])
      .nullable()
      .catch(null),
    ticket_editing: z.boolean().catch(false),
    ticket_tag_editing: z.boolean().catch(false),
    assign_tickets_to_any_group: z.boolean().catch(false),
    // Absent: an ordinary role. What we cannot read must not count as one.
    light_agent: z.boolean().default(false).catch(true),
  }),
});

/** The subject's column is read as `subject` and written as `description`: inside it has the one name that can be written. */
const columnId = z.union([z.string(), z.number()]).transform((id) => (id === 'subject' ? 'description' : id));

export const viewShape = z.object({
  id,
  title: z.string(),
  active: z.boolean(),
  updated_at: z.string(),
  execution: z.object({
    columns: z.array(z.object({ id: columnId, title: z.string().catch('') })).catch([]),
    group_by: maybe(z.string()),
    group_order: maybe(z.string()),
    sort_by: maybe(z.string()),
    sort_order: maybe(z.string()),
  }),
});

const jobRow = z
  .object({ id, success: z.boolean().default(true), error: maybe(z.string()), details: maybe(z.string()) })
  .catch({ id: 0, success: false, error: null, details: null });

export const jobShape = z.object({
  id: z.string(),
  status: z.enum(['queued', 'working', 'failed', 'completed', 'killed']),
  // Zendesk documents that `results` may be an object instead of a list.
  results: z
    .array(jobRow)
    .catch([])
    .transform((rows) => rows.filter((row) => row.id > 0)),
});

export const nameShape = z.object({ id, name: z.string() });

export const auditLogShape = z.object({ actor_name: z.string(), created_at: z.string() });
