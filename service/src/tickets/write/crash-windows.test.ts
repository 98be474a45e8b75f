import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';
import { supersedeWaitingDecision } from './withdraw-changes.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
});
afterAll(() => database.drop());

const unavailable = () => new ZendeskError('unavailable', 'PUT ticket timed out', null);
const perform = () => performEffects(fixture.deps);
const ticketInZendesk = (id: number) => fixture.zendesk.account.tickets.get(id);
const notesOf = (id: number) => (fixture.zendesk.account.comments.get(id) ?? []).map((comment) => comment.body);

describe('after a crash or a lost answer', () => {
  test('a write whose answer was lost is found in the audits and not sent again', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug'], note: 'Bug.' });
    fixture.zendesk.faults.next('updateTicket', unavailable(), { when: 'after' });

    expect(await perform()).toMatchObject({ done: 0, postponed: 1 });
    expect(await fixture.states()).toEqual(['in_flight']);
    await fixture.letTimePass();
    expect(await perform()).toMatchObject({ done: 1, writes: 0 });
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  test('a row left by a process that died between PUT and recording is settled by the next', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    // The database is away at the moment of marking: nothing of the outcome is written.
    const dying = { ...fixture.deps, db: dyingAfterWrite() };
    await expect(performEffects(dying)).rejects.toThrow('gone');
    expect(notesOf(42)).toEqual(['Bug.']);

    await fixture.letTimePass();
    expect(await perform()).toMatchObject({ done: 1, writes: 0 });
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  test('a write that never arrived is sent after reading the audits', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    fixture.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    await fixture.letTimePass();
    expect(await perform()).toMatchObject({ done: 1, writes: 1 });
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  test('nothing is written while the audits cannot be read', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    fixture.zendesk.faults.next('updateTicket', unavailable());
    fixture.zendesk.faults.next('listAuditMetadata', unavailable());
    await perform();
    await fixture.letTimePass();
    expect(await perform()).toMatchObject({ writes: 0, postponed: 1 });
    expect(await fixture.states()).toEqual(['in_flight']);
  });

  test('a decision that was superseded while in doubt and never arrived does not move the ticket', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug', 'money'], groupId: 9, priority: 'high' });
    fixture.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    expect(await supersedeWaitingDecision(database.db, 42)).toEqual([]);
    await fixture.want(42, { addTags: ['category__refund'], groupId: 8 });
    await fixture.letTimePass();
    await perform();
    expect(ticketInZendesk(42)).toMatchObject({
      tags: ['tents', 'money', 'category__refund'],
      group_id: 8,
      priority: 'high',
    });
  });

  test('a decision that never arrived is dropped when a person has set an override since', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug'] });
    fixture.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    await supersedeWaitingDecision(database.db, 42);
    await database.db.update(tickets).set({ placedBy: 'human' });
    await fixture.letTimePass();
    expect(await perform()).toMatchObject({ cancelled: 1, writes: 0 });
  });

  test('a late write of ours that conflicts with its own repetition is recognised', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    fixture.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    const [row] = await fixture.rows();
    await fixture.letTimePass();
    // The first PUT lands after the audits were read and before the second PUT.
    fixture.zendesk.faults.before('updateTicket', () => {
      const ticket = ticketInZendesk(42);
      if (!ticket || !row || notesOf(42).length > 0) return;
      ticket.updated_at = '2026-11-23T08:59:59Z';
      fixture.zendesk.account.comments.set(42, [
        { id: 1, author_id: 1, body: 'Bug.', public: false, created_at: ticket.updated_at },
      ]);
      fixture.zendesk.account.audits.set(42, [
        { deskwright_effects: `${row.id}-${row.createdAt.getTime().toString(36)}` },
      ]);
    });
    await perform();
    expect(await fixture.states()).toEqual(['done']);
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  function dyingAfterWrite() {
    let dead = false;
    fixture.zendesk.faults.before('updateTicket', () => {
      dead = true;
    });
    return new Proxy(database.db, {
      get(target, name, receiver) {
        if (dead && ['transaction', 'update', 'execute'].includes(String(name))) {
          return () => {
            throw new Error('gone');
          };
        }
        return Reflect.get(target, name, receiver);
      },
    });
  }
});
