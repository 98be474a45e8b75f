import { silentLogger } from '../../testing/pipeline-deps.ts';
import { readHistory } from '../history/testing/history-fixture.ts';
import { recordAnswer } from './record-answer.ts';
import { invitations } from './tables.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aPolicy, MONDAY_NOON } from './testing/survey-fixtures.ts';
import { byAPerson } from './testing/survey-visits.ts';

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

const later = (hours: number): Date => new Date(MONDAY_NOON.getTime() + hours * 3_600_000);

async function answer(score: number, comment: string, now: Date): Promise<void> {
  const [{ tokenHash } = { tokenHash: null }] = await fixture.stored();
  if (!tokenHash) throw new Error('No survey was sent.');
  const policy = aPolicy();
  await recordAnswer(
    { db: fixture.database.db, logger: silentLogger },
    { ...byAPerson(), tokenHash, score, comment, policy, now },
  );
}

/** Without the ticket's own entries. */
async function entries() {
  const all = await readHistory(fixture.database.db, [7]);
  return all.map(({ at, kind, value, actor, actorId, ref }) => ({ at, kind, value, actor, actorId, ref }));
}

test('a survey that was sent, its answer and each change of the answer are in the history', async () => {
  const { id: ref } = await fixture.givenDue();
  await fixture.send();
  await answer(4, '', later(1));
  await answer(4, 'Thank you', later(2));
  await answer(2, 'Thank you', later(3));

  expect(await entries()).toEqual([
    { at: MONDAY_NOON, kind: 'survey_asked', value: 'csat', actor: 'us', actorId: null, ref },
    { at: later(1), kind: 'survey_answered', value: 'csat:4', actor: 'customer', actorId: null, ref },
    { at: later(3), kind: 'survey_answered', value: 'csat:2', actor: 'customer', actorId: null, ref },
  ]);
});

test('an answer to a mail whose hand-over was in doubt shows that the survey was asked', async () => {
  await fixture.givenDue();
  const inDoubt = {
    send: async () => ({ outcome: 'in_doubt' as const, answer: 'connection lost' }),
    close: () => undefined,
  };
  await fixture.send({ mail: inDoubt });
  expect(await entries()).toEqual([]);
  expect(await fixture.database.db.select().from(invitations)).toMatchObject([{ state: 'parked' }]);

  await answer(5, '', later(1));

  expect((await entries()).map(({ kind, at }) => [kind, at])).toEqual([
    ['survey_asked', MONDAY_NOON],
    ['survey_answered', later(1)],
  ]);
});
