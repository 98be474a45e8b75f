// Tries the commands that ask Zendesk while it fails: each says where it stopped and how to go on, and finishes when it is run again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { zendeskFigures } from '../history/tables.ts';
import { openCache } from '../past-tickets/index.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';
import { runBackfill } from './backfill.ts';
import { runBacktest } from './backtest/run-backtest.ts';
import { readMore } from './check/commands.ts';
import { runCheck } from './check.ts';
import { runDoctor } from './doctor/doctor.ts';
import { openAccount, zendeskFrom } from './open-account.ts';
import { folderOf, openPastTickets } from './open-past-tickets.ts';
import { readCachedTickets } from './suggest/read-labelled-tickets.ts';
import { runSuggest } from './suggest/run-suggest.ts';
import { FAULTS, type Fault, type FaultyZendesk, startFaultyZendesk } from './testing/faulty-zendesk.ts';

const POLICY = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - id: refund
    title: Refund
    conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }
    actions: { category: refund }
`;

let faulty: FaultyZendesk;
let database: TestDatabase;
let folder: string;
let policyPath: string;
beforeAll(async () => {
  [faulty, database] = await Promise.all([startFaultyZendesk(), createTestDatabase()]);
  const { account } = faulty.zendesk;
  for (const word of ['refund', 'parcel', 'refund', 'parcel'])
    account.tickets.create(
      {
        subject: `About my ${word}`,
        comment: { body: `Where is my ${word}?`, public: true },
        tags: [`category__${word === 'refund' ? 'refund' : 'other'}`],
      },
      { id: account.ownerId, channel: 'email' },
    );
  // The export leaves out the last minute.
  faulty.zendesk.clock.advance(300_000);
});
afterAll(async () => {
  await faulty.stop();
  await database.drop();
});
beforeEach(async () => {
  await database.clear();
  folder = mkdtempSync(join(tmpdir(), 'deskwright-faults-'));
  policyPath = join(folder, 'policy.yaml');
  writeFileSync(policyPath, POLICY);
});
afterEach(() => {
  faulty.heal();
  rmSync(folder, { recursive: true });
});

const { signal } = new AbortController();
const progressTo = { isTTY: false } as NodeJS.WriteStream;
const quiet = () => undefined;
const named = () => ({
  from: 'account' as const,
  fetch: true,
  env: { ...faulty.env, DESKWRIGHT_DATA_DIR: join(folder, 'data') },
  err: quiet,
  progressTo,
  signal,
  limits: faulty.limits(),
});
const cachedPages = async () => ((await openCache(folderOf(named().env) ?? '', {})) === null ? [] : ['some']);

interface Tried {
  /** What fails. */
  path: string;
  run: () => Promise<number>;
  /** What must not be there after it stopped. */
  written: () => Promise<unknown[]>;
  /** A 429 with the time to wait is waited for. */
  waits: boolean;
}

const COMMANDS: Record<string, Tried> = {
  'check --account': {
    path: '/api/v2/group_memberships',
    run: async () =>
      runCheck({
        policyPath,
        json: false,
        more: await readMore(named().env, { readsAccount: true, limits: faulty.limits() }),
        out: quiet,
      }),
    written: cachedPages,
    waits: false,
  },
  'suggest --account --fetch': {
    path: '/api/v2/incremental/',
    run: () =>
      runSuggest({
        policyPath,
        read: async (policy) => readCachedTickets(await openPastTickets(named(), [policy])),
        mostTriggers: 5,
        heldOut: 0.2,
        seed: 1,
        apply: false,
        retire: false,
        dryRun: false,
        json: true,
        now: () => new Date(),
        out: quiet,
        err: quiet,
      }),
    written: cachedPages,
    waits: true,
  },
  'backtest --fetch': {
    path: '/api/v2/incremental/',
    run: () =>
      runBacktest({
        draft: null,
        policyPath,
        against: policyPath,
        open: (policies) => openPastTickets(named(), policies),
        since: null,
        samples: 1,
        words: false,
        threads: 1,
        failAbove: null,
        html: null,
        json: true,
        out: quiet,
        err: quiet,
        progressTo,
      }),
    written: cachedPages,
    waits: true,
  },
  backfill: {
    path: '/api/v2/incremental/',
    run: () =>
      runBackfill({
        db: database.db,
        zendesk: zendeskFrom(faulty.env, faulty.limits()),
        since: new Date(Date.now() - 30 * 86_400_000),
        until: null,
        dryRun: false,
        json: true,
        out: quiet,
        err: quiet,
        progressTo,
        signal,
        callsPerMinute: 60_000,
      }),
    written: () => database.db.select().from(zendeskFigures),
    waits: true,
  },
};

const attempt = (run: () => Promise<number>): Promise<number | string> =>
  run().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

const SAID: Record<Fault, RegExp> = {
  429: /answered 429.* (?:Run|run) the command again\.$/,
  500: /answered 500.* Run the command again\.$/,
  401: /answered 401.* Check the login: ZENDESK_OAUTH_CLIENT_ID .*docs\/guides\/install\.md.*, then run the command again\.$/,
  cut: /: GET .* Run the command again\.$/,
  'time-out': /timed out.* Run the command again\.$/,
};

describe.each(Object.entries(COMMANDS))('%s', (_, { path, run, written, waits }) => {
  test.each(FAULTS.filter((fault) => !(waits && fault === 429)))('%s in the middle', async (fault) => {
    faulty.breakAt(fault, path);
    const said = await attempt(run);
    expect(said).toMatch(/^Stopped while reading (?:the members of groups|past tickets): /);
    expect(said).toMatch(SAID[fault]);
    expect(await written()).toEqual([]);

    faulty.heal();
    expect(typeof (await attempt(run))).toBe('number');
  });
});

test.each(Object.entries(COMMANDS).filter(([, { waits }]) => waits))(
  '%s waits for a 429 and goes on',
  async (_, { path, run }) => {
    faulty.breakAt(429, path, 3);
    expect(typeof (await attempt(run))).toBe('number');
  },
);

async function doctor() {
  const lines: string[] = [];
  const code = await runDoctor({
    database: { ok: true, value: { db: database.db, name: 'test', lowDiskWarning: async () => null } },
    account: { ok: true, value: await openAccount(null, faulty.env, faulty.limits()) },
    policyPath,
    policyFile: await readPolicyFile(policyPath),
    fetch,
    now: () => new Date(),
    json: true,
    limitMs: 120_000,
    out: (line) => lines.push(line),
  });
  const { checks } = JSON.parse(lines.join('')) as {
    checks: { name: string; verdict: string; message: string; action?: string }[];
  };
  return { code, check: (name: string) => checks.find((one) => one.name === name) };
}

test.each(FAULTS)('doctor: %s in the middle fails the checks that need it, and the others are made', async (fault) => {
  faulty.breakAt(fault, '/api/v2/views');
  const broken = await doctor();
  expect(broken.code).toBe(1);
  expect(broken.check('login')?.verdict).toBe('ok');
  expect(broken.check('queue')?.verdict).toBe('ok');
  const { verdict, message, action } = broken.check('views') ?? {};
  expect(verdict).toBe('failed');
  expect(`: ${message}. ${action}`).toMatch(SAID[fault]);

  faulty.heal();
  expect((await doctor()).check('views')?.verdict).toBe('ok');
});
