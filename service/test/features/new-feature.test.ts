import { CAPABILITIES } from '../../src/app/features.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { installSidebar, signIn } from '../../testing/sign-in-to-sidebar.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';
import { solveCounter } from './solve-counter.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ installApp: installSidebar, capabilities: [...CAPABILITIES, solveCounter] });
});
afterAll(() => harness.stop());

const get = async (path: string) => (await fetch(`${harness.serviceUrl}${path}`)).text();

test('a feature in one file and one line adds hooks, jobs, routes, readiness, metrics and agent actions', async () => {
  expect(JSON.parse(await get('/readyz')).checks.solves).toEqual({ ok: true, detail: 'solves are counted' });
  const id = await customer(harness).opens('Where is my tent?', 'It has not come.');
  await until('the ticket is decided', () =>
    harness.zendesk.account.tickets.find(id)?.tags.some((tag) => tag.startsWith('category__')),
  );

  await agent(harness).solves(id, 'It is on its way.');
  await until('the solve is summed up', async () => JSON.parse(await get('/solves')).solves.length === 1);

  expect(JSON.parse(await get('/solves'))).toMatchObject({ company: 'Northwind Outdoor', solves: [{ solved: 1 }] });
  expect(await get('/metrics')).toMatch(/^deskwright_solves 1$/m);

  const { call } = await signIn(harness, 'priya@northwind.test');
  const credit = (body: object) => call('POST', `/tickets/${id}/helpers`, body);
  expect(await credit({ helperId: 0 })).toMatchObject({ status: 400, body: { error: 'bad_request' } });
  expect(await credit({ helperId: 7 })).toMatchObject({ status: 200, body: { ticket: { id, status: 'solved' } } });
  await customer(harness).writesAgain(id, 'Thank you!');
  await until('the helper is summed up', async () => JSON.parse(await get('/solves')).solves.length === 2);
});
