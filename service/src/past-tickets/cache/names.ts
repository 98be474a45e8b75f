// Keeps the names behind the ids of cached tickets: groups, organizations, brands, forms, agents.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { NAMED_BY_ID, type NamedField, type NamesById } from '../files/ticket-file.ts';
import { ifMissing, replaceFile } from './replace-file.ts';

export interface KeptNames {
  /** The fields that some policy asked for when the account was read. */
  readonly names: NamesById;
  /** Whether all cached tickets have their requester's name, address and language. */
  readonly hasRequesters: boolean;
}

const FILE = 'names.json';

/** Nothing is known before the first fetch. */
export async function readNames(folder: string): Promise<KeptNames> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(ifMissing(null));
  return text === null ? { names: {}, hasRequesters: false } : (JSON.parse(text) as KeptNames);
}

export async function writeNames(folder: string, names: KeptNames): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await replaceFile(join(folder, FILE), Buffer.from(JSON.stringify(names)));
}

/** As they are in the account now. @param asks names of the fields that conditions read @throws ZendeskError */
export async function readAccountNames(
  zendesk: Pick<Zendesk, 'listNames' | 'listAgents'>,
  asks: ReadonlySet<string>,
): Promise<NamesById> {
  const names: Partial<Record<NamedField, Record<string, string>>> = {};
  for (const field of Object.keys(NAMED_BY_ID) as NamedField[]) {
    if (!asks.has(field)) continue;
    const list =
      field === 'assignee'
        ? (await zendesk.listAgents()).map(({ id, email }) => ({ id, name: email }))
        : await zendesk.listNames(field);
    names[field] = Object.fromEntries(list.flatMap(({ id, name }) => (name === null ? [] : [[String(id), name]])));
  }
  return names;
}

const PEOPLE_FIELDS = ['requester', 'requester_email', 'language'];

/** Whether conditions read who asked. */
export const asksForPeople = (asks: ReadonlySet<string>): boolean => PEOPLE_FIELDS.some((field) => asks.has(field));

/** Of the fields that conditions read, those that the cache does not know, so that they are empty for every ticket. */
export function unknownInCache({ names, hasRequesters }: KeptNames, asks: ReadonlySet<string>): string[] {
  const named = Object.keys(NAMED_BY_ID) as NamedField[];
  return [...named.filter((field) => names[field] === undefined), ...(hasRequesters ? [] : PEOPLE_FIELDS)].filter(
    (field) => asks.has(field),
  );
}

/** The names of the ids in a page, which is all that a thread needs to read it. @param text tickets as JSON, one a line */
export function namesOfPage(text: string, { names }: KeptNames): NamesById {
  const own: Partial<Record<NamedField, Record<string, string>>> = {};
  for (const [field, key] of Object.entries(NAMED_BY_ID) as [NamedField, string][]) {
    const known = names[field];
    if (known === undefined) continue;
    // Quotes within a text are escaped, so no customer can write this.
    const ids = new Set([...text.matchAll(new RegExp(`"${key}":(\\d+)`, 'g'))].map(([, id]) => id ?? ''));
    own[field] = Object.fromEntries([...ids].flatMap((id) => (known[id] === undefined ? [] : [[id, known[id]]])));
  }
  return own;
}
