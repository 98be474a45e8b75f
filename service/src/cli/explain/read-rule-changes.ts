// Reads from Zendesk what its own triggers and automations changed on a ticket.
import { z } from 'zod';
import type { AccountObjects } from '../../zendesk/account-objects.ts';
import type { RuleChange } from '../../zendesk/records.ts';
import { type Zendesk, ZendeskError, type ZendeskErrorKind } from '../../zendesk/zendesk.ts';

interface RuleChanges {
  /** Oldest first. */
  readonly changes: readonly RuleChange[];
  /** Why some or all are missing: a sentence without full stop. Null: none is. */
  readonly missing: string | null;
}

/** Never throws what Zendesk answers: the rest of the story does not need it. Values that may be a customer's words are not shown, only those that an admin defined. */
export type ReadRuleChanges = (ticketId: number) => Promise<RuleChanges>;

/** Audits come 100 a page. A ticket with more was flooded, and reading on would take from the account's limit what agents need. */
const MOST_PAGES = 50;

/** @param connect opens the account; what it throws is why the changes are missing */
export function ruleChangesReader(
  connect: () => Promise<Pick<Zendesk, 'listRuleChanges'> & { objects: Pick<AccountObjects, 'list'> }>,
): ReadRuleChanges {
  return async (ticketId) => {
    const changes: RuleChange[] = [];
    try {
      const zendesk = await connect();
      const options = once(() => readOptions(zendesk.objects));
      let cursor: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const read = await zendesk.listRuleChanges(ticketId, cursor);
        for (const change of read.changes) changes.push(await withoutWords(change, options));
        cursor = read.cursor;
        if (cursor === null) return { changes, missing: null };
      }
      return { changes, missing: `only the first ${MOST_PAGES * 100} audits of the ticket were read` };
    } catch (error) {
      const where = changes.length > 0 ? `; read until ${changes.at(-1)?.at}` : '';
      return { changes, missing: `${reasonOf(error)}${where}` };
    }
  };
}

/** Fields whose values an admin chooses from a list; those of others may be a customer's words. */
const CHOSEN: ReadonlySet<string> = new Set([
  'status',
  'custom_status_id',
  'priority',
  'type',
  'group_id',
  'assignee_id',
  'brand_id',
  'ticket_form_id',
  'tags',
]);
/** The values of each custom field that an admin defined, by the field's number. */
type Options = ReadonlyMap<string, ReadonlySet<string>>;

async function withoutWords(change: RuleChange, options: () => Promise<Options>): Promise<RuleChange> {
  if (CHOSEN.has(change.field)) return change;
  const allowed = IS_CUSTOM.test(change.field) ? (await options()).get(change.field) : undefined;
  const shown = (value: RuleChange['to']): RuleChange['to'] =>
    value === null || [value].flat().every((one) => allowed?.has(one)) ? value : '(not shown)';
  return { ...change, from: shown(change.from), to: shown(change.to) };
}

const IS_CUSTOM = /^\d+$/;

/** None when the fields cannot be read: then their values are not shown. */
async function readOptions(objects: Pick<AccountObjects, 'list'>): Promise<Options> {
  const fields = await objects.list('ticket_field').catch((error: unknown) => {
    if (error instanceof ZendeskError) return [];
    throw error;
  });
  return new Map(fields.map((field) => [String(field.id), valuesOf(fieldSchema.parse(field))]));
}

const fieldSchema = z.object({
  type: z.string(),
  custom_field_options: z
    .array(z.object({ value: z.string() }))
    .nullish()
    .catch(null),
});

const valuesOf = ({ type, custom_field_options: options }: z.output<typeof fieldSchema>): ReadonlySet<string> =>
  new Set(type === 'checkbox' ? ['true', 'false', '1', '0'] : options?.map(({ value }) => value));

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= read());
}

const WHAT_TO_DO: Readonly<Partial<Record<ZendeskErrorKind, string>>> = {
  busy: 'Zendesk limits requests; run it again in a minute',
  unavailable: 'Zendesk cannot be reached; run it again later',
  forbidden: 'Zendesk refuses the login or its scope (audits need `read`); see `deskwright doctor`',
  not_found: 'the ticket does not exist in Zendesk any more',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof ZendeskError)) return error instanceof Error ? error.message : String(error);
  const advice = WHAT_TO_DO[error.kind];
  return advice === undefined ? error.message : `${advice} (${error.message})`;
}
