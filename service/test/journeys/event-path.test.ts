// Traces one event through the service, and compares the files it enters with the way that README names.
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Without the rule engine (`decide/rules`, `decide/text`). */
const ON_THE_WAY =
  /^(tickets\/(receive|process|projection|decision-log|write)|platform\/outbox|zendesk)\/|^decide\/[^/]+$/;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function opensOne(): Promise<void> {
  const id = await customer(harness).opens('I want my money back', 'The tent leaks and I want a refund.');
  await until('the ticket is written', () =>
    harness.zendesk.account.tickets.find(id)?.tags.some((tag) => tag.startsWith('category__')),
  );
  await until('the effect is settled', async () => {
    const { rows } = await harness.database.db.$client.query('SELECT state FROM outbox WHERE ticket_id = $1', [id]);
    return rows.length > 0 && rows.every(({ state }) => state === 'done');
  });
}

/** Files of the service of which a function ran meanwhile. */
async function filesEntered(work: () => Promise<void>): Promise<string[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ functions }) => functions.some(({ functionName, ranges }) => functionName && ranges[0]?.count))
      .flatMap(({ url }) => (url.startsWith('file:') ? fileURLToPath(url) : isAbsolute(url) ? url : []))
      .map((file) => relative(join(ROOT, 'service/src'), file))
      .filter((file) => file.endsWith('.ts') && !file.startsWith('..'))
      .toSorted();
  } finally {
    session.disconnect();
  }
}

test('one event runs through every file that README names, and few others in those folders', async () => {
  const way = readFileSync(join(ROOT, 'README.md'), 'utf8').match(/^The files to read, in order: (.*)$/m)?.[1] ?? '';
  const named = [...way.matchAll(/\]\(service\/src\/([^)]+)\)/g)].flatMap(([, file]) => file ?? []);
  expect(named.length).toBeGreaterThan(15);
  expect(named.length).toBeLessThanOrEqual(22);
  await opensOne();

  const [entered, ...others] = [
    await filesEntered(opensOne),
    await filesEntered(opensOne),
    await filesEntered(opensOne),
    await filesEntered(opensOne),
  ];

  expect(named.filter((file) => !entered.includes(file))).toEqual([]);
  // The jobs that run beside it enter a few more, now these and now those: the more of them the slower the machine is.
  const onTheWay = entered.filter((file) => ON_THE_WAY.test(file) && others.every((again) => again.includes(file)));
  expect(onTheWay.length).toBeLessThanOrEqual(66);
});
