import { aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aPage, aRestTicket } from '../process/testing/pipeline-fixture.ts';
import { inbox } from '../tables.ts';
import { importTickets } from './import-tickets.ts';
import { findWebhookLoss, findWebhookSilence } from './watch-webhooks.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const START = Date.parse('2026-03-02T09:00:00Z');
const minute = (n: number) => START + n * 60_000;

/** An account that was imported when the service started. `export` reads the export as it stands at that minute. */
async function anAccount() {
  const exported = [aRestTicket({ id: 1 })];
  const readAt = (n: number) =>
    importTickets(
      pipelineDeps(database.db, {
        zendesk: aZendesk({ exportTickets: async () => aPage(...exported) }),
        clock: () => minute(n),
      }),
    );
  await readAt(0);
  return {
    missAt: async (n: number, tickets = 1) => {
      for (let more = 0; more < tickets; more++) exported.push(aRestTicket({ id: exported.length + 1 }));
      expect(await readAt(n)).toMatchObject({ decided: tickets });
    },
    hearAt: (n: number) =>
      database.db.insert(inbox).values({ batch: n, type: 'ticket.created', receivedAt: new Date(minute(n)), body: {} }),
    /** So many changes a minute that were decided from then to then: what only the export brought, or what webhooks told. */
    decideFrom: (from: number, to: number, aMinute: number, trigger: 'repair' | 'ticket.created') =>
      database.db.$client.query(
        `INSERT INTO decisions (ticket_id, inbox_id, trigger, policy_hash, decided_at, outcome, category, tier, decision, sentence)
         SELECT n, CASE $4 WHEN 'repair' THEN NULL ELSE n END, $4, 'h', $1::timestamptz + n * interval '1 minute' / $3::int,
           'unchanged', 'other', 't1', '{}', ''
         FROM generate_series(1, $2::int * $3::int) AS n`,
        [new Date(minute(from)).toISOString(), to - from, aMinute, trigger],
      ),
    lossAt: (n: number) => findWebhookLoss({ db: database.db, clock: () => minute(n), listeningSince: START }),
    silenceAt: (n: number) => findWebhookSilence({ db: database.db, clock: () => minute(n), listeningSince: START }),
  };
}

test('gives no warning without changes', async () => {
  const { silenceAt } = await anAccount();
  expect(await silenceAt(60)).toBeNull();
});

test('warns at once when no webhook was ever received and the export has a change', async () => {
  const { missAt, silenceAt } = await anAccount();
  await missAt(4);
  expect(await silenceAt(4)).toEqual({ lastArrivedAt: null, missed: 1, firstMissedAt: new Date(minute(4)) });
});

test('ignores what happened while the service was down', async () => {
  const { missAt, silenceAt } = await anAccount();
  await missAt(1, 5);
  expect(await silenceAt(10)).toBeNull();
});

test('ignores a single lost webhook, or several lost at once', async () => {
  const { missAt, hearAt, silenceAt } = await anAccount();
  await hearAt(3);
  await missAt(5, 4);
  await missAt(8);
  expect(await silenceAt(30)).toBeNull();
});

test('warns when webhooks stop while the export still has changes, until one arrives again', async () => {
  const { missAt, hearAt, silenceAt } = await anAccount();
  await hearAt(3);
  await missAt(5);
  await missAt(10);
  expect(await silenceAt(10)).toBeNull();
  await missAt(11);
  expect(await silenceAt(11)).toEqual({
    lastArrivedAt: new Date(minute(3)),
    missed: 3,
    firstMissedAt: new Date(minute(5)),
  });

  await hearAt(12);
  expect(await silenceAt(12)).toBeNull();
});

test('warns on a busy account too, and counts everything missed', async () => {
  const { decideFrom, hearAt, silenceAt } = await anAccount();
  await hearAt(3);
  await decideFrom(3, 24, 100, 'repair');
  expect(await silenceAt(24)).toEqual({
    lastArrivedAt: new Date(minute(3)),
    missed: 2_100,
    firstMissedAt: new Date(minute(3) + 600),
  });
});

test('ignores repaired changes on a busy account whose webhooks arrive', async () => {
  const { decideFrom, hearAt, missAt, silenceAt } = await anAccount();
  await missAt(4);
  await hearAt(5);
  await decideFrom(5, 15, 100, 'ticket.created');
  for (const n of [16, 20, 24]) {
    await hearAt(n);
    await missAt(n);
  }
  expect(await silenceAt(25)).toBeNull();
});

test('ignores throttled webhooks: many changes arrive by the export only, while some webhooks arrive', async () => {
  const { decideFrom, hearAt, silenceAt, lossAt } = await anAccount();
  await decideFrom(5, 8, 5, 'ticket.created');
  await decideFrom(5, 8, 50, 'repair');
  await hearAt(8);
  expect(await silenceAt(9)).toBeNull();
  expect(await lossAt(9)).toMatchObject({ missed: 150, reported: 15 });
  expect(await lossAt(24)).toBeNull();
});

test('ignores a few lost webhooks among many that arrived', async () => {
  const { decideFrom, hearAt, lossAt } = await anAccount();
  await decideFrom(5, 8, 100, 'ticket.created');
  await decideFrom(5, 8, 10, 'repair');
  await hearAt(8);
  expect(await lossAt(9)).toBeNull();
});

test('ignores one late export with several changes after a quiet night', async () => {
  const { hearAt, missAt, silenceAt } = await anAccount();
  await hearAt(3);
  await missAt(8 * 60, 5);
  expect(await silenceAt(8 * 60 + 1)).toBeNull();
});

test('does not report changes missed days ago', async () => {
  const { missAt, silenceAt } = await anAccount();
  await missAt(4);
  expect(await silenceAt(25 * 60)).toBeNull();
});
