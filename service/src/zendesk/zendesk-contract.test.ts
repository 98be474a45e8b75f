import type { RawObject } from './account-objects.ts';
import type { FakeView } from './testing/create-fake-views.ts';
import { unlikeRecorded } from './testing/recorded-types.ts';
import { startFakeFixture, startRealFixture, type ZendeskFixture } from './testing/zendesk-fixtures.ts';
import type { JobStatus, TicketWrite, Zendesk } from './zendesk.ts';

async function finishedJob(zendesk: Zendesk, jobId: string): Promise<JobStatus> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const job = await zendesk.showJob(jobId);
    if (job?.status === 'completed') return job;
    if (Date.now() > deadline) throw new Error(`The job is still ${job?.status}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe.each<[string, () => Promise<ZendeskFixture>]>([
  ['the client, over HTTP to a local Zendesk', () => startRealFixture()],
  ['the fake', startFakeFixture],
])('%s', (_name, start) => {
  let fixture: ZendeskFixture;
  let zendesk: Zendesk;
  let objects: ZendeskFixture['objects'];
  beforeAll(async () => {
    fixture = await start();
    ({ zendesk, objects } = fixture);
  });
  afterAll(() => fixture.stop());

  async function stampOf(id: number): Promise<string> {
    return (await zendesk.showTicket(id))?.updated_at ?? '';
  }

  async function aWrite(id: number, write: TicketWrite): Promise<TicketWrite> {
    return { ...write, updated_stamp: await stampOf(id), safe_update: true };
  }

  test('returns our own user', async () => {
    expect(await zendesk.me()).toMatchObject({ id: expect.any(Number), role: 'admin', suspended: false });
    expect((await zendesk.listAgents()).map((agent) => agent.role)).toContain('admin');
  });

  test('shows an agent with groups and restriction, and null for an unknown user', async () => {
    const { id, groupId } = await fixture.anAgent();
    expect(await zendesk.showAgent(id)).toMatchObject({
      id,
      name: 'Lena',
      role: 'agent',
      active: true,
      suspended: false,
      ticket_restriction: null,
      ticket_access: null,
      group_ids: [groupId],
    });
    expect(await zendesk.showAgent(999_999)).toBeNull();
    expect(await zendesk.showAddress(id)).toEqual({ email: 'lena@northwind.test', changedAt: null });
    expect(await zendesk.showAddress(999_999)).toBeNull();
  });

  test('has no key for an unknown app', async () => {
    await expect(zendesk.readAppKey(999_999)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('opens a ticket once for a key, with its own tags also after a closed one, and finds it by its external id', async () => {
    const source = await fixture.aTicket({ status: 'closed', tags: ['tents'] });
    const task = {
      subject: 'Your answer',
      comment: { body: 'Please speak to this customer.', public: false },
      requester_id: (await zendesk.showTicket(source))?.requester_id ?? 0,
      type: 'task',
      due_at: '2026-12-01T12:00:00Z',
      tags: ['survey_follow_up'],
      external_id: 'deskwright-follow-up-1',
      via_followup_source_id: source,
    } as const;
    expect(await zendesk.findTicketByExternalId('deskwright-follow-up-1')).toBeNull();
    const made = await zendesk.createTicket({ ...task, tags: [...task.tags] }, 'key-1');
    const again = await zendesk.createTicket({ ...task, tags: [...task.tags] }, 'key-1');
    expect([again.id, made.tags]).toEqual([made.id, ['survey_follow_up']]);
    expect(await zendesk.findTicketByExternalId('deskwright-follow-up-1')).toMatchObject({ id: made.id });
  });

  test('shows tickets, and null for an unknown one', async () => {
    const id = await fixture.aTicket({ subject: 'Stove' });
    expect(await zendesk.showTicket(id)).toMatchObject({
      id,
      subject: 'Stove',
      tags: ['tents'],
      updated_at: expect.stringMatching(/:\d\dZ$/),
    });
    expect(await zendesk.showTicket(999_999)).toBeNull();
    expect((await zendesk.showTickets([id, 999_999])).map((ticket) => ticket.id)).toEqual([id]);
  });

  test('writes tags, priority, an internal note and our marker with one update', async () => {
    const id = await fixture.aTicket();
    const write = await aWrite(id, {
      tags: ['tents', 'category__bug'],
      priority: 'high',
      comment: { body: 'A bug.', public: false },
      metadata: { deskwright_effects: '1-abc' },
    });
    expect(await zendesk.updateTicket(id, write)).toMatchObject({
      id,
      tags: expect.arrayContaining(['tents', 'category__bug']),
      priority: 'high',
    });
    expect(await zendesk.listComments(id)).toMatchObject([
      { body: 'It leaks.', public: true },
      { body: 'A bug.', public: false },
    ]);
    expect((await zendesk.listAuditMetadata(id)).at(-1)?.custom).toMatchObject({ deskwright_effects: '1-abc' });
  });

  test('refuses an outdated timestamp as a conflict', async () => {
    const id = await fixture.aTicket();
    const write = await aWrite(id, { priority: 'low' });
    await fixture.anAgentTouches(id);
    await expect(zendesk.updateTicket(id, write)).rejects.toMatchObject({ kind: 'conflict', status: 409 });
  });

  test('refuses closed tickets as rejected, with the reason, and unknown ones as not found', async () => {
    const id = await fixture.aTicket({ status: 'closed' });
    await expect(zendesk.updateTicket(id, { priority: 'low' })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('closed prevents ticket update'),
    });
    await expect(zendesk.updateTicket(999_999, { priority: 'low' })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(zendesk.listAuditMetadata(999_999)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('a bulk job reports the outcome of each row', async () => {
    const [good, stale, closed] = [
      await fixture.aTicket({ tags: ['tents', 'tier__t1'] }),
      await fixture.aTicket(),
      await fixture.aTicket({ status: 'closed' }),
    ];
    const rows = [
      {
        id: good,
        ...(await aWrite(good, {
          additional_tags: ['tier__t2'],
          remove_tags: ['tier__t1'],
          metadata: { deskwright_effects: '2-abc' },
        })),
      },
      { id: stale, ...(await aWrite(stale, { additional_tags: ['tier__t2'] })) },
      { id: closed, additional_tags: ['tier__t2'] },
      { id: 999_999, additional_tags: ['tier__t2'] },
    ];
    await fixture.anAgentTouches(stale);
    const { jobId } = await zendesk.updateTickets(rows);
    const job = await finishedJob(zendesk, jobId);
    const results = new Map(job.results.map((result) => [result.id, result]));
    expect(results.get(good)).toMatchObject({ success: true });
    expect(results.get(stale)).toMatchObject({ success: false, error: expect.stringMatching(/conflict/i) });
    expect(results.get(closed)?.success).toBe(false);
    expect(results.get(999_999)?.success).toBe(false);
    expect((await zendesk.showTicket(good))?.tags).toEqual(expect.arrayContaining(['tents', 'tier__t2']));
    expect((await zendesk.showTicket(good))?.tags).not.toContain('tier__t1');
    expect((await zendesk.listAuditMetadata(good)).at(-1)?.custom).toMatchObject({ deskwright_effects: '2-abc' });
  });

  test('answers have the fields and types of real ones', async () => {
    const id = await fixture.aTicket();
    await zendesk.updateTicket(id, await aWrite(id, { comment: { body: 'Noted', public: false } }));
    const ticket = await zendesk.showTicket(id);
    expect(unlikeRecorded('ticket', ticket)).toEqual([]);
    expect(unlikeRecorded('ticket', (await zendesk.showTickets([id]))[0])).toEqual([]);
    const { tickets } = await zendesk.exportTickets({ startTime: 1 });
    expect(tickets.flatMap((one) => unlikeRecorded('ticket', one))).toEqual([]);
    const comments = await zendesk.listComments(id);
    expect(comments).toHaveLength(2);
    expect(comments.flatMap((comment) => unlikeRecorded('comment', comment))).toEqual([]);
    const users = await zendesk.listAgents();
    expect(users.flatMap((user) => unlikeRecorded('user', user))).toEqual([]);
    await fixture.aView('Recorded');
    const view = (await objects.listReadable('view')).find((one) => one['title'] === 'Recorded');
    expect([...unlikeRecorded('view', view), ...unlikeRecorded('execution', executionOf(view))]).toEqual([]);
    const { jobId } = await zendesk.updateTickets([
      { id, additional_tags: ['a'] },
      { id: 999_999, additional_tags: ['a'] },
    ]);
    const job = await finishedJob(zendesk, jobId);
    expect(unlikeRecorded('job', job)).toEqual([]);
    expect(job.results).toHaveLength(2);
    expect(job.results.flatMap((row) => unlikeRecorded('jobRow', row))).toEqual([]);
  });

  test('an unknown job is null', async () => {
    expect(await zendesk.showJob('no-such-job')).toBeNull();
  });

  test("a view's order is written and reads back with its columns and grouping", async () => {
    const id = await fixture.aView(`View ${Math.random()}`);
    const listed = (await objects.listReadable('view')).find((view) => view.id === id);
    expect(executionOf(listed)).toMatchObject({ sort_by: 'created', sort_order: 'desc', group_by: 'priority' });
    const columns = ['status', 'description', 'created'];
    const order = { group_by: 'priority', group_order: 'asc', sort_by: 'created', sort_order: 'asc' };
    const answer = await objects.update('view', String(id), { output: { columns, ...order } });
    const after = await objects.show('view', String(id));
    expect(executionOf(after)).toMatchObject(order);
    expect(executionOf(after)?.columns.map((column) => column.id)).toEqual(['status', 'subject', 'created']);
    expect(executionOf(answer)).toEqual(executionOf(after));
    expect((await objects.listReadable('view')).find((view) => view.id === id)).toEqual(after);
  });

  test('a view that does not exist is null, cannot be changed, and nobody is known to have changed it', async () => {
    expect(await objects.show('view', '999999')).toBeNull();
    const output = { columns: ['status'], sort_by: 'created', sort_order: 'asc' };
    await expect(objects.update('view', '999999', { output })).rejects.toMatchObject({ kind: 'not_found' });
    expect(await objects.whoChanged('view', '999999')).toBeNull();
  });
});

const executionOf = (view: RawObject | null | undefined) => view?.['execution'] as FakeView['execution'] | undefined;
