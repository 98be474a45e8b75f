import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { decide } from '../../decide/decide.ts';
import { aPolicy } from '../../decide/testing/builders.ts';
import { type ExportPage, ZendeskError, type ZendeskTicket, type ZendeskUser } from '../../zendesk/zendesk.ts';
import {
  cacheFolder,
  fetchPastTickets,
  findCachedPeople,
  forgetCached,
  openCache,
  type PastTicket,
  ticketsOf,
} from '../index.ts';

const NOW = Date.parse('2026-11-01T00:00:00Z');
const DAY = 86_400_000;
const KEEP = 180 * DAY;

let dataDir: string;
let folder: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'deskwright-cache-'));
  folder = cacheFolder(dataDir, 'https://acme.zendesk.com');
});
afterEach(() => rm(dataDir, { recursive: true }));

const aTicket = (id: number, part: Partial<ZendeskTicket> = {}) =>
  ({
    id,
    subject: `Subject ${id}`,
    description: `Words ${id}`,
    status: 'closed',
    priority: null,
    type: null,
    via: { channel: 'email' },
    tags: ['vip'],
    requester_id: 900 + id,
    custom_fields: [],
    created_at: '2026-10-01T00:00:00Z',
    updated_at: '2026-10-02T00:00:00Z',
    ...part,
  }) as ZendeskTicket;

const aUser = (id: number, email: string): ZendeskUser => ({
  id,
  name: `User ${id}`,
  email,
  role: 'end-user',
  suspended: false,
  locale: 'de',
});

/** Gives these pages, one after another, to whoever continues at their end; an error is thrown once. */
function anExport(pages: readonly (readonly ZendeskTicket[])[], failures: Map<number, unknown> = new Map()) {
  const asked: object[] = [];
  return {
    asked,
    listNames: async (kind: string) => [
      { id: 5, name: `${kind} five` },
      { id: 6, name: `${kind} six` },
    ],
    listAgents: async () => [aUser(7, 'lena@acme.test')],
    showUsers: async (users: readonly number[]) => users.map((id) => aUser(id, `${id}@customer.test`)),
    exportTickets: async (from: { startTime: number } | { cursor: string }): Promise<ExportPage> => {
      asked.push(from);
      const at = 'cursor' in from ? Number(from.cursor) : 0;
      const failure = failures.get(at);
      failures.delete(at);
      if (failure !== undefined) throw failure;
      const next = Math.min(at + 1, pages.length);
      return {
        tickets: [...(pages[at] ?? [])],
        metricSets: [],
        cursor: String(next),
        endOfStream: next >= pages.length,
      };
    },
  };
}

const fetch = (zendesk: ReturnType<typeof anExport>, asks: readonly string[] = []) =>
  fetchPastTickets({
    folder,
    zendesk,
    clock: () => NOW,
    signal: new AbortController().signal,
    keepMs: KEEP,
    paceMs: 0,
    asks: new Set(asks),
  });

async function cached(oldest = NOW - KEEP): Promise<PastTicket[]> {
  const opened = await openCache(folder, { oldest });
  const all: PastTicket[] = [];
  for await (const chunk of opened?.chunks ?? [])
    for (const ticket of ticketsOf(chunk)) if (!('problem' in ticket)) all.push(ticket);
  return all;
}
const ids = async () => (await cached()).map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b));

async function everythingOnDisk(): Promise<string> {
  const files = (await readdir(folder)).map((name) => join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file)));
  return texts.map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()).join('\n');
}

it('keeps the tickets of the export, as when they arrived, for this user alone', async () => {
  expect(await fetch(anExport([[aTicket(1), aTicket(2)], [aTicket(3)]]))).toEqual({ done: true, tickets: 3, pages: 2 });
  const [first] = await cached();
  expect(first).toMatchObject({
    id: 1,
    facts: { subject: 'Subject 1', description: 'Words 1', status: 'new', tags: ['vip'] },
  });
  expect(await ids()).toEqual([1, 2, 3]);
  expect((await stat(folder)).mode & 0o077).toBe(0);
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
});

it('continues after an error where it stopped, and waits when Zendesk asks for it', async () => {
  const failures = new Map<number, unknown>([
    [1, new ZendeskError('busy', 'later', 429, 1)],
    [2, new ZendeskError('unavailable', 'down', 500)],
  ]);
  const zendesk = anExport([[aTicket(1)], [aTicket(2)], [aTicket(3)]], failures);
  await expect(fetch(zendesk)).rejects.toThrow('down');
  expect(await ids()).toEqual([1, 2]);
  expect(await fetch(zendesk)).toMatchObject({ done: true, pages: 1 });
  expect(await ids()).toEqual([1, 2, 3]);
  expect(zendesk.asked.filter((from) => 'startTime' in from)).toHaveLength(1);
});

it('has a ticket once, as it was read last, and none that was deleted', async () => {
  const pages = [[aTicket(1), aTicket(2)]];
  await fetch(anExport(pages));
  await fetch(anExport([...pages, [aTicket(1, { subject: 'Changed' }), aTicket(2, { status: 'deleted' })]]));
  expect((await cached()).map(({ facts }) => facts.subject)).toEqual(['Changed']);
  expect(await everythingOnDisk()).not.toContain('Words 2');
});

it('keeps no ticket longer than its age limit', async () => {
  await fetch(anExport([[aTicket(1, { created_at: '2026-01-01T00:00:00Z' }), aTicket(2)]]));
  expect(await ids()).toEqual([2]);
  await cached(Date.parse('2026-10-15'));
  expect(await everythingOnDisk()).not.toContain('Words');
});

it('erases a ticket and a customer, and does not fetch them again', async () => {
  const pages = [[aTicket(1), aTicket(2), aTicket(3)]];
  await fetch(anExport(pages));
  const asked = { tickets: [1], users: [902] };
  expect(await forgetCached(dataDir, asked, { dryRun: true })).toBe(2);
  expect(await ids()).toEqual([1, 2, 3]);
  expect(await forgetCached(dataDir, asked, { dryRun: false })).toBe(2);
  expect(await everythingOnDisk()).not.toMatch(/Words [12]/);
  await fetch(anExport([...pages, [aTicket(1), aTicket(2), aTicket(4)]]));
  expect(await ids()).toEqual([3, 4]);
});

it('does not cache what is forgotten while it fetches', async () => {
  const pages = [[aTicket(1)], [aTicket(2), aTicket(3)]];
  const zendesk = anExport(pages);
  const exportTickets: typeof zendesk.exportTickets = async (from) => {
    if ('cursor' in from) await forgetCached(dataDir, { tickets: [2], users: [] }, { dryRun: false });
    return zendesk.exportTickets(from);
  };
  await fetch({ ...zendesk, exportTickets });
  expect(await ids()).toEqual([1, 3]);
});

it('does not cache what was forgotten before anything was cached', async () => {
  await forgetCached(dataDir, { tickets: [1], users: [902] }, { dryRun: false });
  await fetch(anExport([[aTicket(1), aTicket(2), aTicket(3)]]));
  expect(await ids()).toEqual([3]);
});

it('caches nothing when it cannot read what was forgotten', async () => {
  await mkdir(join(folder, '..', 'forgotten.jsonl'), { recursive: true });
  await expect(fetch(anExport([[aTicket(1)]]))).rejects.toThrow('EISDIR');
});

it.each<[string, () => Promise<unknown>]>([
  ['fetching', () => fetch(anExport([[aTicket(1)]]))],
  ['reading', () => openCache(folder, { oldest: 0 })],
  ['erasing', () => forgetCached(dataDir, { tickets: [7], users: [] }, { dryRun: false })],
])('%s removes what a killed process had half written', async (_, run) => {
  await fetch(anExport([[aTicket(1)]]));
  const { pid } = spawnSync('true');
  await writeFile(join(folder, `000002.jsonl.gz.${pid}.1.tmp`), 'Words 7');
  await run();
  expect(await everythingOnDisk()).not.toContain('Words 7');
});

describe('names', () => {
  const BY_ID = { group_id: 5, assignee_id: 7, organization_id: 6, brand_id: 5, ticket_form_id: 6, status: 'open' };
  const NAMES = {
    group: 'group five',
    assignee: 'lena@acme.test',
    organization: 'organization six',
    brand: 'brand five',
    form: 'form six',
  };
  const PEOPLE = { requester: 'User 901', requester_email: '901@customer.test', language: 'de' };

  const unknown = async (asks: readonly string[]) => (await openCache(folder, { asks: new Set(asks) }))?.unknown;

  it.each(Object.entries({ ...NAMES, ...PEOPLE }))('a condition on %s sees the name', async (field, value) => {
    const policy = aPolicy([
      {
        id: 'named',
        title: 'Named',
        conditions: { all: [{ field, operator: 'is', value }] },
        actions: { category: 'bug' },
      },
    ]);
    const { asks } = compilePolicy(policy);
    await fetch(anExport([[aTicket(1, BY_ID), aTicket(2, { ...BY_ID, ...NOBODY })]]), [...asks]);
    const categories = (await cached()).map(({ facts }) => decide(facts, compilePolicy(policy)).category.value);
    expect(categories).toEqual(['bug', 'other']);
    expect(await unknown([...asks])).toEqual([]);
  });
  const NOBODY = {
    requester_id: null,
    group_id: null,
    assignee_id: null,
    organization_id: null,
    brand_id: null,
    ticket_form_id: null,
  };

  it('are read when a policy asks for them, also of tickets that are cached already', async () => {
    const pages = [[aTicket(1, BY_ID)]];
    await fetch(anExport(pages));
    const asks = [...Object.keys(NAMES), ...Object.keys(PEOPLE)];
    expect(await unknown(asks)).toEqual(asks);
    expect(await everythingOnDisk()).not.toMatch(/five|customer\.test/);
    await fetch(anExport(pages), asks);
    const [first] = await cached();
    expect(first?.facts).toMatchObject({ ...NAMES, requester: 'User 901', requesterEmail: '901@customer.test' });
    expect(await unknown(asks)).toEqual([]);
  });

  it('of customers are erased with their tickets', async () => {
    await fetch(anExport([[aTicket(1), aTicket(2)]]), ['requester_email']);
    const users = await findCachedPeople(dataDir, '901@CUSTOMER.test');
    expect(users).toEqual([901]);
    await forgetCached(dataDir, { tickets: [], users }, { dryRun: false });
    const left = await everythingOnDisk();
    expect(left).toContain('902@customer.test');
    expect(left).not.toContain('901@customer.test');
  });
});

it('brings nothing back that is erased while pages are written', async () => {
  const pages = Array.from({ length: 12 }, (_, at) => [aTicket(at + 1), aTicket(at), aTicket(100 + at)]);
  const forgetting = pages.map((_, at) => forgetCached(dataDir, { tickets: [100 + at], users: [] }, { dryRun: false }));
  await Promise.all([fetch(anExport(pages)), ...forgetting]);
  expect((await ids()).filter((id) => Number(id) >= 100)).toEqual([]);
  expect(await ids()).toHaveLength(13);
});
