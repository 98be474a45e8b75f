// Reads from a ticket's audits what Zendesk's own triggers and automations changed.
import { z } from 'zod';
import { idOrNone, readCustomValue, stamp, textOrNone, zendeskId } from './field-shapes.ts';
import { readShape } from './read-shape.ts';
import type { RuleChange } from './records.ts';
import type { Transport } from './transport.ts';
import { type Zendesk, ZendeskError } from './zendesk.ts';

/** The most that Zendesk gives (ListAuditsForTicket). */
const PAGE = 100;

/** The audits of an archived ticket come in one page, without `meta`. */
const pageShape = z.object({
  audits: z.array(z.unknown()),
  meta: z.object({ has_more: z.boolean().catch(false), after_cursor: z.string().nullish() }).nullish(),
});

/** `via` of what a rule did, as recorded; whatever else acted has another channel, or another `rel`. */
const ruleShape = z
  .object({
    channel: z.literal('rule'),
    source: z.object({
      rel: z.enum(['trigger', 'automation']),
      from: z.object({ id: idOrNone.catch(null), title: textOrNone.catch(null), deleted: z.boolean().catch(false) }),
    }),
  })
  .nullable()
  .catch(null);

const valueShape = z.unknown().transform((value) => {
  const read = readCustomValue(value);
  return typeof read === 'number' || typeof read === 'boolean' ? String(read) : read === '' ? null : read;
});

const changeShape = z.object({
  type: z.enum(['Create', 'Change']),
  field_name: z.union([z.string(), z.number().transform(String)]),
  value: valueShape,
  previous_value: valueShape,
  via: z.unknown(),
});

const auditShape = z.object({ id: zendeskId, created_at: stamp, via: z.unknown(), events: z.array(z.unknown()) });

export function createRuleCalls(transport: Transport): Pick<Zendesk, 'listRuleChanges'> {
  return {
    async listRuleChanges(ticketId, cursor) {
      if (!Number.isSafeInteger(ticketId) || ticketId <= 0)
        throw new ZendeskError('not_found', `There is no ticket ${ticketId}`, null);
      const query = new URLSearchParams({ 'page[size]': String(PAGE) });
      if (cursor !== null) query.set('page[after]', cursor);
      const { body } = await transport('GET', `/api/v2/tickets/${ticketId}/audits.json?${query.toString()}`);
      const { audits, meta } = readShape(pageShape, body, 'list audits');
      return {
        changes: audits.flatMap(changesOf),
        cursor: meta?.has_more ? (meta.after_cursor ?? null) : null,
      };
    },
  };
}

/** A trigger is named in its events; an automation in the audit, which is all its own. */
function changesOf(audit: unknown): RuleChange[] {
  const { data } = auditShape.safeParse(audit);
  if (data === undefined) return [];
  const ofAudit = ruleShape.parse(data.via ?? null);
  return data.events.flatMap((event) => {
    const read = changeShape.safeParse(event).data;
    const rule = read && (ruleShape.parse(read.via ?? null) ?? ofAudit);
    if (!read || !rule) return [];
    const { from, rel } = rule.source;
    return {
      auditId: data.id,
      at: data.created_at,
      kind: rel,
      ruleId: from.id,
      title: from.title ?? '',
      isDeleted: from.deleted,
      field: read.field_name,
      from: read.previous_value,
      to: read.value,
    };
  });
}
