import type { TicketEventPage } from '../../zendesk/zendesk.ts';
import { type CommentRead, readConversations } from './read-conversations.ts';

type TicketUpdate = TicketEventPage['updates'][number];

const HOUR = 3_600;
const NOW = Date.UTC(2025, 0, 8) / 1000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

const aRead = (ticketId: number, createdAt: number, updatedAt = createdAt + HOUR): CommentRead => ({
  ticketId,
  createdAt: new Date(createdAt * 1000),
  updatedAt: new Date(updatedAt * 1000),
  replies: null,
  reopens: null,
  latestCommentAt: null,
});
const said = (ticket_id: number, at: number, part: Partial<TicketUpdate> = {}): TicketUpdate => ({
  ticket_id,
  created_at: iso(at),
  comments: [{ id: ticket_id * 1e6 + (at % 1e6), author_id: 7, body: 'Hello', public: true, created_at: iso(at) }],
  solves: false,
  incomplete: false,
  ...part,
});

/** A Zendesk with these updates, `size` to a page, and what was asked of it. */
function anExport(updates: readonly TicketUpdate[], size: number, part: Partial<TicketEventPage> = {}) {
  const asked: number[] = [];
  const sorted = updates.toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  async function exportTicketEvents(startTime: number): Promise<TicketEventPage> {
    asked.push(startTime);
    const left = sorted.filter((one) => Date.parse(one.created_at) >= startTime * 1000);
    const page = left.slice(0, size);
    const last = page.at(-1);
    return {
      updates: page,
      hasUnreadable: false,
      endTime: last ? Date.parse(last.created_at) / 1000 : null,
      endOfStream: page.length === left.length,
      ...part,
    };
  }
  return { asked, zendesk: { exportTicketEvents } };
}

async function readAll(zendesk: ReturnType<typeof anExport>['zendesk'], reads: readonly CommentRead[]) {
  const whole = new Map<number, number>();
  const others: number[] = [];
  for await (const page of readConversations(zendesk, reads, () => NOW * 1000)) {
    for (const { read, conversation } of page.whole) whole.set(read.ticketId, conversation.comments.length);
    others.push(...page.others.map(({ ticketId }) => ticketId));
  }
  return { whole, others };
}

const START = NOW - 100 * HOUR;

test('a comment on two pages counts once, and a ticket is complete once its last change has been read', async () => {
  const reads = Array.from({ length: 40 }, (_, n) => aRead(n + 1, START + n * 60));
  const updates = reads.flatMap(({ ticketId, createdAt }) => {
    const at = createdAt.getTime() / 1000;
    return [said(ticketId, at), said(ticketId, at + HOUR)];
  });
  const { zendesk, asked } = anExport(updates, 50);
  const { whole, others } = await readAll(zendesk, reads);
  expect(others).toEqual([]);
  expect([...whole.values()]).toEqual(reads.map(() => 2));
  expect(asked.length).toBeLessThanOrEqual(3);
});

test('leaves isolated old tickets to single reads rather than paging through years', async () => {
  const old = [aRead(1, NOW - 20_000 * HOUR), aRead(2, NOW - 15_000 * HOUR)];
  const young = Array.from({ length: 40 }, (_, n) => aRead(n + 10, START + n * 60));
  const ofOthers = Array.from({ length: 20_000 }, (_, n) => said(1_000_000 + n, NOW - (20_000 - n) * HOUR));
  const updates = [...old, ...young].map(({ ticketId, createdAt }) => said(ticketId, createdAt.getTime() / 1000));
  const { zendesk, asked } = anExport([...ofOthers, ...updates], 100);
  const { whole, others } = await readAll(zendesk, [...old, ...young]);
  expect(others).toEqual([2]);
  expect(whole.size).toBe(41);
  expect(asked.length).toBeLessThan(6);
});

test('a ticket without its first message, or without the newest comment of its metric set, is read individually', async () => {
  const { zendesk } = anExport([said(1, START + 60), said(2, START), said(3, START)], 100);
  const { whole, others } = await readAll(zendesk, [
    aRead(1, START),
    { ...aRead(2, START), latestCommentAt: new Date((START + 600) * 1000) },
    aRead(3, START),
  ]);
  expect([...whole.keys()]).toEqual([3]);
  expect(others.toSorted((a, b) => a - b)).toEqual([1, 2]);
});

test('an unreadable event may concern any ticket, so those in progress are read individually', async () => {
  const reads = Array.from({ length: 30 }, (_, n) => aRead(n + 1, START + n));
  const { zendesk } = anExport(
    reads.map(({ ticketId }, n) => said(ticketId, START + n)),
    100,
    { hasUnreadable: true },
  );
  const { whole, others } = await readAll(zendesk, reads);
  expect(whole.size).toBe(0);
  expect(others).toHaveLength(30);
});

test('more than a page of events in one second does not stop the reading', async () => {
  const reads = Array.from({ length: 40 }, (_, n) => aRead(n + 1, START + (n < 20 ? 0 : HOUR), START + 2 * HOUR));
  const { zendesk, asked } = anExport(
    reads.map(({ ticketId, createdAt }) => said(ticketId, createdAt.getTime() / 1000)),
    10,
  );
  const { whole, others } = await readAll(zendesk, reads);
  expect(whole.size + others.length).toBe(40);
  expect(asked.length).toBeLessThan(10);
});
