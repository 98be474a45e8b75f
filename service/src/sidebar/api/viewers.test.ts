import { sql } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { listenForChanges } from '../../platform/live/live.ts';
import { type Database, openDatabase } from '../../platform/storage/database.ts';
import { until } from '../../platform/testing/until.ts';
import { ticketViewers } from '../tables.ts';
import { type ApiApp, anApiApp, LENA } from './testing/api-app.ts';
import { pruneViewers } from './viewers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const OMAR = 8;
const ZOE = 9;
/** So long that only what is announced arrives. */
const NEVER_MS = 3_600_000;
/** However slow the machine is, an agent goes only when the test says so. */
const COUNTS_FOR_S = 3_000;

interface Process {
  fixture: ApiApp;
  end: () => Promise<void>;
}

/** A process of the service that listens to the database. */
async function aProcess(heartbeatMs: number): Promise<Process> {
  const fixture = anApiApp(database, { limits: { heartbeatMs, viewedForMs: COUNTS_FOR_S * 1000 } });
  for (const [id, name] of [
    [OMAR, 'Omar Haddad'],
    [ZOE, 'Zoë Grant'],
  ] as const) {
    const email = `${id}@northwind.test`;
    fixture.zendesk.account.users.push({ id, name, email, role: 'agent', suspended: false, locale: 'en' });
  }
  const own: Database = openDatabase(database.url, { max: 1 });
  const hears = new AbortController();
  let listens = false;
  const live = {
    ...fixture.live,
    anythingMayHaveChanged: () => {
      listens = true;
    },
  };
  const done = listenForChanges({ db: own, live, logger: silentLogger, signal: hears.signal });
  await until(() => listens);
  return {
    fixture,
    end: async () => {
      hears.abort();
      await done;
      await own.$client.end();
      await fixture.close();
    },
  };
}

let processes: Process[] = [];
afterEach(async () => {
  await Promise.all(processes.map(({ end }) => end()));
  processes = [];
  await database.clear();
});

/** Two processes, the ticket, and no heartbeat unless the test asks for one. */
async function begin(heartbeatMs = NEVER_MS): Promise<[ApiApp, ApiApp]> {
  processes = [await aProcess(heartbeatMs), await aProcess(heartbeatMs)];
  const [one, two] = processes;
  if (!one || !two) throw new Error('There are two processes');
  await one.fixture.givenTicket({ groupId: 11 });
  return [one.fixture, two.fixture];
}

/** A tab of an agent's browser. `others`: what it was told last. */
async function open({ listen, bearer }: ApiApp, agentId: number, ticketId = 42) {
  const leaving = new AbortController();
  const response = await fetch(`${await listen()}/api/live?ticket=${ticketId}`, {
    headers: { authorization: await bearer(agentId) },
    signal: leaving.signal,
  });
  let text = '';
  void (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  const events = () => [...text.matchAll(/event: viewers\ndata: (.*)\n\n/g)].map(([, data = '']) => JSON.parse(data));
  return {
    events,
    others: (): string[] => events().at(-1)?.names ?? [],
    call: async () =>
      fetch(`${await listen()}/api/tickets/${ticketId}/viewing`, {
        method: 'PUT',
        headers: { authorization: await bearer(agentId) },
      }),
    close: () => leaving.abort(),
  };
}

const isViewed = (agentId: number) =>
  until(async () => (await database.db.select().from(ticketViewers)).some((row) => row.agentId === agentId));
/** As if nothing had been heard of the agent for that long. */
const silentFor = (agentId: number, seconds: number) =>
  database.db.execute(
    sql`UPDATE ticket_viewers SET seen_at = seen_at - make_interval(secs => ${seconds}) WHERE agent_id = ${agentId}`,
  );

test('agents see who else has the ticket open, in other processes too, and never themselves', async () => {
  const [one, two] = await begin();
  const lena = await open(one, LENA);
  await isViewed(LENA);
  const omar = await open(two, OMAR);
  await until(() => lena.others().join() === 'Omar Haddad');
  await until(() => omar.others().join() === 'Lena');
  const zoe = await open(one, ZOE);
  await until(() => lena.others().join() === 'Omar Haddad,Zoë Grant');
  await until(() => omar.others().join() === 'Lena,Zoë Grant');
  await until(() => zoe.others().join() === 'Lena,Omar Haddad');
});

test('two tabs of one agent are one, and none to that agent', async () => {
  const [one, two] = await begin(50);
  const lena = await open(one, LENA);
  const tabs = [await open(one, OMAR), await open(two, OMAR)];
  await until(() => lena.others().length > 0);
  expect(lena.events()).toEqual([{ event: 'viewers', names: ['Omar Haddad'] }]);
  await until(() => tabs.every((tab) => tab.others().length > 0));
  expect(tabs.map((tab) => tab.others())).toEqual([['Lena'], ['Lena']]);
});

test('another ticket’s agents are not named', async () => {
  const [one, two] = await begin();
  await one.givenTicket({ id: 43 });
  await open(two, ZOE, 43);
  await isViewed(ZOE);
  await open(two, OMAR);
  const lena = await open(one, LENA);
  await until(() => lena.others().length > 0);
  expect(lena.others()).toEqual(['Omar Haddad']);
});

test('an agent whose page is no longer heard of goes, and one whose page calls stays', async () => {
  const [one, two] = await begin(50);
  const lena = await open(one, LENA);
  const omar = await open(two, OMAR);
  await open(two, ZOE);
  await until(() => lena.others().length === 2);
  omar.close();
  await silentFor(OMAR, COUNTS_FOR_S);
  await until(() => lena.others().join() === 'Zoë Grant');

  const back = await open(two, OMAR);
  await until(() => lena.others().length === 2);
  await silentFor(OMAR, 2_000);
  expect((await back.call()).status).toBe(204);
  await silentFor(OMAR, 2_000);
  await silentFor(ZOE, COUNTS_FOR_S);
  await until(() => lena.others().join() === 'Omar Haddad');
});

test('nobody is told the name of an agent who may no longer see the ticket, nor tells one', async () => {
  const [one, two] = await begin(50);
  const lena = await open(one, LENA);
  const omar = await open(two, OMAR);
  await until(() => lena.others().length === 1);
  one.zendesk.account.agentRights.set(OMAR, { ticket_restriction: 'groups', group_ids: [12] });
  two.zendesk.account.agentRights.set(OMAR, { ticket_restriction: 'groups', group_ids: [12] });
  for (const { wait } of [one, two]) wait(110_000);
  await until(() => lena.others().length === 0);
  const told = omar.events().length;
  expect((await omar.call()).status).toBe(403);
  await open(one, ZOE);
  await until(() => lena.others().join() === 'Zoë Grant');
  expect(omar.events()).toHaveLength(told);
});

test('rows of pages long gone are deleted', async () => {
  const [one] = await begin();
  await open(one, LENA);
  await isViewed(LENA);
  await open(one, OMAR);
  await isViewed(OMAR);
  await silentFor(OMAR, 3_700);
  await pruneViewers(database.db);
  expect(await database.db.select({ id: ticketViewers.agentId }).from(ticketViewers)).toEqual([{ id: LENA }]);
});
