import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PastTicket, readLabelSource, readPastTickets } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-past-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string, labels?: string): Promise<PastTicket[]> {
  const file = join(folder, 'tickets');
  await writeFile(file, content);
  const { tickets } = await readPastTickets(file, { ...(labels && { labels: readLabelSource(labels) }) });
  const all: PastTicket[] = [];
  for await (const ticket of tickets) {
    if ('problem' in ticket) throw new Error(ticket.problem);
    all.push(ticket);
  }
  return all;
}

it('reads a finished ticket as when it arrived', async () => {
  const [ticket] = await read(
    JSON.stringify({ id: 7, subject: 'Tent', status: 'closed', created_at: '2026-03-01T10:00:00Z', tags: ['vip'] }),
  );
  const at = Date.parse('2026-03-01T10:00:00Z');
  expect(ticket).toMatchObject({
    id: 7,
    row: 1,
    facts: { status: 'new', now: at, createdAt: at, waitingSince: at, tags: ['vip'] },
  });
});

it('leaves an open ticket its status', async () => {
  const [ticket] = await read('{"id":7,"subject":"Tent","status":"pending","created_at":"2026-03-01T10:00:00Z"}');
  expect(ticket?.facts).toMatchObject({ status: 'pending', waitingSince: null });
});

it('gives the same facts on every day', async () => {
  const [ticket] = await read('message\nwhere is my tent');
  expect(ticket).toMatchObject({ id: null, facts: { now: 0, createdAt: 0, waitingSince: 0 } });
});

it('reads the time of a CSV record', async () => {
  const [ticket] = await read('Ticket ID,Subject,Created at\n7,Tent,2026-03-01T10:00:00Z');
  expect(ticket).toMatchObject({ id: 7, facts: { createdAt: Date.parse('2026-03-01T10:00:00Z') } });
});

describe('what people gave a ticket', () => {
  const json = JSON.stringify({
    subject: 'Tent',
    category: 'refund',
    reason: 'Wrong size',
    tags: ['vip', 'reason_size'],
    custom_fields: [{ id: 360, value: 'size_wrong' }],
  });

  it.each([
    ['a column named category', undefined, 'refund'],
    ['a column by name', 'column:reason', 'Wrong size'],
    ['a custom field', 'field:360', 'size_wrong'],
    ['a tag by its beginning', 'tags:reason_', 'size'],
    ['nothing', 'tags:other_', null],
  ])('is read from %s', async (_, labels, label) => {
    expect((await read(json, labels))[0]?.label).toBe(label);
  });

  it('is read from a column of a CSV', async () => {
    expect((await read('message;Intent\nwhere;delivery\nback;', 'column:intent')).map(({ label }) => label)).toEqual([
      'delivery',
      null,
    ]);
  });

  it('must be named in one of the known ways', () => {
    expect(() => readLabelSource('intent')).toThrow('column:NAME');
  });
});
