import { AGENT, aZendesk, GROUPS, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import { sortHistory } from '../../figures/sort-history.ts';
import {
  aPage,
  aRestTicket,
  at,
  CUSTOMER,
  change,
  comment,
  pipelineFixture,
} from '../../tickets/process/testing/pipeline-fixture.ts';
import { importTickets } from '../../tickets/sync/import-tickets.ts';
import { measuresDue } from '../tables.ts';
import { readHistory } from '../testing/history-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear } = pipelineFixture(() => database);
const T1 = GROUPS['Support Tier 1']!;
const T2 = GROUPS['Support Tier 2']!;

/** Without entries that say what the one before them of their kind said, as a reader has it. `10:12:07.500 status solved by agent 2, group 11, assignee 2`: what is null is left out. */
async function story(ticketId = 5158): Promise<string[]> {
  const last = new Map<string, unknown>();
  const isNews = ({ kind, value, ref }: HistoryEntry): boolean => {
    if (kind === 'comment') return true;
    const isSame = last.has(kind) && last.get(kind) === (value ?? ref);
    last.set(kind, value ?? ref);
    return !isSame;
  };
  return (await readHistory(database.db, [ticketId])).filter(isNews).map((entry) => {
    const value = entry.kind === 'comment' ? entry.ref : (entry.value ?? entry.ref);
    const who = entry.actor === null ? '' : ` by ${entry.actor}${entry.actorId === null ? '' : ` ${entry.actorId}`}`;
    const group = entry.groupId === null ? '' : `, group ${entry.groupId}`;
    const assignee = entry.assigneeId === null ? '' : `, assignee ${entry.assigneeId}`;
    const rule = entry.rule === null ? '' : ` (${entry.rule})`;
    const kind = entry.public === false ? `private ${entry.kind}` : entry.kind;
    return `${entry.at.toISOString().slice(11, 23)} ${kind} ${value}${who}${group}${assignee}${rule}`;
  });
}
const agent = { actor_id: String(AGENT) };
const status = (second: number, from: string, to: string, detail: Record<string, unknown> = {}) =>
  change(second, 'ticket.status_changed', { status: to, ...agent, ...detail }, { previous: from, current: to });

test('a ticket from its opening to its solve', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  await hear(deps, comment(20, '51', String(AGENT), 'Which tent?'));
  await hear(deps, status(30, 'NEW', 'SOLVED', { group_id: String(T1), assignee_id: String(AGENT) }));
  expect(await story()).toEqual([
    '10:12:07.000 created api by customer',
    '10:12:07.000 comment -5158 by customer',
    '10:12:07.672 category refunds by us (money-back)',
    '10:12:07.672 tier t1 by us',
    '10:12:07.672 status new by customer',
    '10:12:20.000 comment 51 by agent 2',
    '10:12:30.000 group 11 by agent 2',
    '10:12:30.000 assignee 2 by agent 2',
    '10:12:30.000 status solved by agent 2, group 11, assignee 2',
  ]);
  expect((await database.db.select().from(measuresDue)).length).toBeGreaterThan(0);
});

test('an event that is delivered twice, and a comment that the export shows again, are recorded once', async () => {
  const deps = pipelineDeps(database.db);
  const said = comment(20, '51', CUSTOMER);
  await hear(deps, {}, said, said);
  const before = await story();

  await hear(deps, { ...said, time: at(21).time });
  const all = [
    { id: 50, author_id: 900, body: 'I want a refund', public: true, created_at: at(7).updated_at },
    { id: 51, author_id: 900, body: 'Hello?', public: true, created_at: at(20).updated_at },
    { id: 52, author_id: AGENT, body: 'Yes?', public: true, created_at: at(25).updated_at },
  ];
  const exported = aRestTicket({ id: 5158, updated_at: at(40).updated_at, status: 'new' });
  const counted = { replies: 1, reopens: 0, solved_at: null, requester_updated_at: null };
  const page = {
    ...aPage(exported),
    metricSets: [{ ticket_id: 5158, ...counted, latest_comment_added_at: at(25).updated_at }],
  };
  const zendesk = aZendesk({ listComments: async () => all, exportTickets: async () => page });
  await importTickets({ ...deps, zendesk });

  expect((await story()).filter((line) => !before.includes(line) && line.includes('comment'))).toEqual([
    '10:12:25.000 comment 52 by agent 2',
  ]);
});

test('an answer that was lost with the solve after it is read when that is repaired', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  const counted = { replies: 1, reopens: 0, solved_at: at(30).updated_at, requester_updated_at: null };
  const metricSets = [{ ticket_id: 5158, ...counted, latest_comment_added_at: at(25).updated_at }];
  const solved = aRestTicket({ id: 5158, updated_at: at(30).updated_at, status: 'solved', assignee_id: AGENT });
  const all = [
    { id: 50, author_id: 900, body: 'I want a refund', public: true, created_at: at(7).updated_at },
    { id: 52, author_id: AGENT, body: 'Yes?', public: true, created_at: at(25).updated_at },
  ];
  for (const page of [aPage(), { ...aPage(solved), metricSets }])
    await importTickets({
      ...deps,
      zendesk: aZendesk({ listComments: async () => all, exportTickets: async () => page }),
    });

  expect((await story()).filter((line) => / (?:comment|status) /.test(line)).slice(2)).toEqual([
    '10:12:25.000 comment 52 by agent 2',
    '10:12:30.999 status solved, assignee 2',
  ]);
  // Its event comes after all.
  const time = at(30).time.replace(/(?:\.\d+)?Z$/, '.616Z');
  await hear(deps, { ...status(30, 'NEW', 'SOLVED', { assignee_id: String(AGENT) }), time });
  expect((await story()).filter((line) => line.includes(' status '))).toHaveLength(2);
});

test('a message that no webhook reported is read although the answer to it was reported', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  await hear(deps, comment(40, '52', String(AGENT), 'Yes.'));
  const counted = { replies: 1, reopens: 0, solved_at: null, requester_updated_at: at(30).updated_at };
  const metricSets = [{ ticket_id: 5158, ...counted, latest_comment_added_at: at(40).updated_at }];
  const all = [
    { id: 50, author_id: 900, body: 'I want a refund', public: true, created_at: at(7).updated_at },
    { id: 51, author_id: 900, body: 'Is it on its way?', public: true, created_at: at(30).updated_at },
    { id: 52, author_id: AGENT, body: 'Yes.', public: true, created_at: at(40).updated_at },
  ];
  let reads = 0;
  const listComments = async () => {
    reads += 1;
    return all;
  };
  const page = { ...aPage(aRestTicket({ id: 5158, updated_at: at(40).updated_at, status: 'new' })), metricSets };
  for (const each of [aPage(), page, page])
    await importTickets({ ...deps, zendesk: aZendesk({ exportTickets: async () => each, listComments }) });
  expect(await story()).toContain('10:12:30.000 comment 51 by customer');
  // What is known is not read again.
  expect(reads).toBe(1);
});

test('late events take their place, and what is known of later stays', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  await hear(deps, status(40, 'SOLVED', 'OPEN', { actor_id: CUSTOMER }));
  await hear(deps, status(30, 'PENDING', 'SOLVED', { group_id: String(T2), assignee_id: String(AGENT) }));
  await hear(deps, status(20, 'NEW', 'PENDING'));

  expect((await story()).filter((line) => line.includes('status'))).toEqual([
    '10:12:07.672 status new by customer',
    '10:12:20.000 status pending by agent 2',
    '10:12:30.000 status solved by agent 2, group 12, assignee 2',
    '10:12:40.000 status open by customer',
  ]);
});

test.each([
  ['at once', []],
  ['after a later one', [40]],
])('a solve that was seen by its whole second is no second one when its event comes late, %s', async (_when, later) => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  const solved = { ...agent, status: 'SOLVED', assignee_id: String(AGENT) };
  // As a read shows it.
  for (const second of [30, ...later]) await hear(deps, change(second, 'ticket.subject_changed', solved));
  const time = at(30).time.replace(/(?:\.\d+)?Z$/, '.616Z');
  const assigned = change(30, 'ticket.agent_assignment_changed', solved, { previous: null, current: String(AGENT) });
  await hear(deps, { ...status(30, 'NEW', 'SOLVED', solved), time }, { ...assigned, time });

  expect((await story()).filter((line) => / (?:status|assignee) /.test(line))).toEqual([
    '10:12:07.672 status new by customer',
    '10:12:30.000 assignee 2 by agent 2',
    '10:12:30.000 status solved by agent 2, assignee 2',
  ]);
});

test('what we write ourselves, once, whether its answer or its events come first', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  const tags = ['category__refunds', 'tier__t1', 'money'];
  const ours = { actor_id: String(ME), group_id: String(T1), tags, priority: 'HIGH' };
  const events = [
    change(9, 'ticket.group_assignment_changed', ours, { previous: null, current: String(T1) }),
    change(9, 'ticket.priority_changed', ours),
    change(9, 'ticket.tags_changed', ours, { tags_added: tags, tags_removed: [] }),
    {
      ...comment(9, '60', String(ME)),
      detail: { ...comment(9, '60', String(ME)).detail, ...ours },
      event: { comment: { id: '60', body: 'Decided', is_public: false, author: { id: String(ME) } } },
    },
  ];
  await hear(deps, ...events.toReversed());
  await hear(deps, ...events);

  expect((await story()).filter((line) => line.startsWith('10:12:09'))).toEqual([
    '10:12:09.000 private comment 60 by us 1',
    '10:12:09.000 group 11 by us 1',
    '10:12:09.000 priority high by us 1',
  ]);
});

test('an answer that was made private is private, and was said once', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {}, comment(20, '51', String(AGENT), 'Which tent?'));
  const list = [
    { id: 50, author_id: 900, body: 'I want a refund', public: true, created_at: at(7).updated_at },
    { id: 51, author_id: AGENT, body: 'Which tent?', public: false, created_at: at(20).updated_at },
  ];
  const zendesk = aZendesk({ listComments: async () => list });
  await hear({ ...deps, zendesk }, change(30, 'ticket.comment_made_private', agent));

  const said = sortHistory(await readHistory(database.db, [5158])).filter(({ kind }) => kind === 'comment');
  expect(said.map(({ ref, public: isPublic }) => [ref, isPublic])).toEqual([
    [-5158, true],
    [51, false],
  ]);
});

test('a ticket that was merged, deleted or restored', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  await hear(deps, change(20, 'ticket.soft_deleted', { status: 'DELETED', ...agent }));
  await hear(deps, change(30, 'ticket.undeleted', { status: 'NEW', ...agent }));
  await hear(deps, change(40, 'ticket.merged', { status: 'CLOSED', ...agent }));

  expect((await story()).slice(-4)).toEqual([
    '10:12:20.000 deleted null by agent 2',
    '10:12:30.000 restored null by agent 2',
    '10:12:40.000 status closed by agent 2',
    '10:12:40.000 merged null by agent 2',
  ]);
});
