import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccount } from '../account/create-account.ts';
import { createRandom } from '../random.ts';
import { composeMessage } from './compose-message.ts';
import { readMessagesFile } from './read-messages-file.ts';
import { type NorthwindOptions, seedNorthwind } from './seed-northwind.ts';
import { OWNER } from './seed-people.ts';

const NOON = Date.parse('2026-03-08T12:00:00Z');
const DAY = 86_400_000;

function aNorthwind(given: Partial<NorthwindOptions> = {}, seed = 1) {
  const account = createAccount({ clock: { now: () => NOON }, subdomain: 'northwind', owner: OWNER });
  const labels = seedNorthwind(account, { random: createRandom(seed), backlog: 120, ...given });
  return { account, labels };
}

function aFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'messages-')), 'messages.csv');
  writeFileSync(file, text);
  return file;
}

describe('the account Northwind Outdoor', () => {
  test('has 800 open tickets up to six days old, most never answered, and about forty solved ones', () => {
    const { account } = aNorthwind({ backlog: 800 });
    const tickets = account.tickets.list();
    const open = tickets.filter((ticket) => !['solved', 'closed'].includes(ticket.status));
    expect(open).toHaveLength(800);
    expect(tickets.length - open.length).toBe(40);
    const ages = open.map((ticket) => NOON - Date.parse(ticket.created_at));
    expect(Math.max(...ages)).toBeGreaterThan(5 * DAY);
    expect(Math.max(...ages)).toBeLessThanOrEqual(6 * DAY);
    expect(Math.min(...ages)).toBeGreaterThan(60_000);
    const untouched = open.filter((ticket) => ticket.status === 'new' && ticket.group_id === null);
    expect(untouched.length).toBeGreaterThan(560);
    const chased = untouched.filter((ticket) => account.tickets.comments(ticket.id).length > 1);
    expect(chased.length).toBeGreaterThan(50);
    expect(open.filter((ticket) => ticket.status === 'pending').length).toBeGreaterThan(30);
  });

  test('ids increase with creation time, and no comment is in the future', () => {
    const { account } = aNorthwind();
    const times = account.tickets.list().map((ticket) => ticket.created_at);
    expect(times).toEqual(times.toSorted());
    for (const { id, created_at } of account.tickets.list()) {
      for (const comment of account.tickets.comments(id)) {
        expect(Date.parse(comment.created_at)).toBeGreaterThanOrEqual(Date.parse(created_at));
        expect(Date.parse(comment.created_at)).toBeLessThanOrEqual(NOON);
      }
    }
  });

  test('has tickets that agents skipped, each after it was written and before now', () => {
    const { account } = aNorthwind();
    const skips = account.skips.list();
    expect(skips.length).toBeGreaterThan(2);
    for (const { ticket_id, created_at } of skips) {
      expect(created_at >= (account.tickets.find(ticket_id)?.created_at ?? '')).toBe(true);
      expect(Date.parse(created_at)).toBeLessThanOrEqual(NOON);
    }
  });

  test('never puts the intended category on a ticket', () => {
    const { account, labels } = aNorthwind();
    expect([...labels.keys()]).toEqual(account.tickets.list().map((ticket) => ticket.id));
    for (const ticket of account.tickets.list()) expect(ticket.tags.join(' ')).toMatch(/^(vip|product_\w+| )*$/);
  });

  test('is the same for the same seed, and different for another', () => {
    const words = (seed: number) =>
      aNorthwind({}, seed)
        .account.tickets.list()
        .map((ticket) => ticket.description);
    expect(words(3)).toEqual(words(3));
    expect(words(3)).not.toEqual(words(4));
  });

  test('has three support groups and three departments, agents, and the OAuth client deskwright of an admin', () => {
    const { account } = aNorthwind({ backlog: 0 });
    expect(account.groups.list().map(({ name }) => name)).toEqual([
      'Support Tier 1',
      'Support Tier 2',
      'Engineering Support',
      'Warehouse',
      'Finance',
      'Product',
    ]);
    const agents = account.users.list().filter(({ role }) => role === 'agent');
    expect(agents).toHaveLength(11);
    expect(agents.filter((agent) => agent.ticket_restriction !== null)).toMatchObject([
      { name: 'Lena Voss', ticket_restriction: 'groups', custom_role_id: account.customRoles.list()[0]?.id },
    ]);
    const client = account.oauth.findClient('deskwright');
    expect(client?.secret).toBe('deskwright');
    expect(account.users.find(client?.user_id ?? 0)).toMatchObject({ name: 'Deskwright', role: 'admin' });
    expect(account.tickets.count()).toBe(0);
  });

  test('sorts its views newest first, which is the wrong order', () => {
    const { account } = aNorthwind();
    const views = account.views.list();
    expect(views.map(({ title }) => title)).toEqual([
      'Unassigned',
      'All open',
      'Pending',
      'Tier 1 queue',
      'Tier 2 queue',
      'Recently solved',
    ]);
    expect(views.every(({ output }) => output.sort_order === 'desc')).toBe(true);
    const unassigned = views.slice(0, 1).flatMap((view) => account.views.tickets(view));
    const times = unassigned.map((ticket) => ticket.created_at);
    expect(times.length).toBeGreaterThan(50);
    expect(times).toEqual(times.toSorted().toReversed());
  });
});

describe('messages', () => {
  test('hardly ever repeat and fill every placeholder', () => {
    const random = createRandom(5);
    const messages = Array.from({ length: 2_000 }, () => composeMessage(random));
    expect(new Set(messages.map(({ message }) => message)).size).toBeGreaterThan(1_900);
    expect(messages.filter(({ subject, message }) => /[{}[\]|]/.test(subject + message))).toEqual([]);
    expect(new Set(messages.map(({ category }) => category)).size).toBe(15);
  });
});

describe('a messages file', () => {
  test('becomes the backlog, without its labels on the tickets', () => {
    const rows = readMessagesFile(
      aFile('message,category,intent\n"where, is it?",DELIVERY,track\nbill pls,INVOICES,get\n'),
    );
    const { account, labels } = aNorthwind({ rows, backlog: 0 });
    const [first, second] = account.tickets.list();
    expect(new Set([first?.description, second?.description])).toEqual(new Set(['bill pls', 'where, is it?']));
    expect([...labels.values()]).toContainEqual({ category: 'DELIVERY', intent: 'track' });
    expect(JSON.stringify(account.tickets.list())).not.toContain('DELIVERY');
  });

  test('of 8,300 rows loads every one', () => {
    const rows = Array.from({ length: 8_300 }, (_, n) => ({
      message: `message number ${n} of many`,
      category: 'A',
      intent: null,
    }));
    expect(aNorthwind({ rows, backlog: 0 }).account.tickets.count()).toBe(8_300);
  });

  test.each([
    ['no such column', 'text,category\nhello,A\n', 'line 1: there is no column "message"'],
    ['an empty message', 'message,category\nhello,A\n"",B\n', 'line 3: the message is empty'],
    ['a row that is too long', 'message,category\nhello,A\nhello,A,B,C\n', 'line 3'],
    ['nothing', 'message,category\n', 'has no messages'],
  ])('with %s is refused with its line', (_name, text, problem) => {
    expect(() => readMessagesFile(aFile(text))).toThrow(problem);
  });

  test('that does not exist is refused by name', () => {
    expect(() => readMessagesFile('/no/such/file.csv')).toThrow('Cannot read the messages file /no/such/file.csv');
  });
});
