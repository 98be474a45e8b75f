// The journey of a ticket that a tier hands to the warehouse and gets back with an answer, through the whole harness.
import { customer } from '../../testing/people-at-zendesk.ts';
import { installSidebar, signIn } from '../../testing/sign-in-to-sidebar.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ installApp: installSidebar });
});
afterAll(() => harness.stop());

const ANSWER = 'Found on shelf 9. It leaves tonight.';
const groupOf = (id: number) => {
  const { account } = harness.zendesk;
  const groupId = account.tickets.find(id)?.group_id;
  return account.groups.list().find((group) => group.id === groupId)?.name;
};
const notes = (id: number) => harness.zendesk.account.tickets.comments(id).filter((comment) => !comment.public);

test('a ticket goes to a department and comes back with its answer on top, at its old place', async () => {
  const shopper = customer(harness);
  await shopper.opens('Older', 'I want a refund for the stove.');
  const id = await shopper.opens('Money back', 'I want my money back for the tent.');
  await shopper.opens('Newer', 'I want a refund for the mat.');
  const priya = await signIn(harness, 'priya@northwind.test');
  const cardOf = async (agent: typeof priya) => (await agent.call('GET', `/tickets/${id}/card`)).body;
  const before = await until('all three wait in one queue', async () => {
    const { queue } = await cardOf(priya);
    return queue?.waiting?.of === 3 ? queue.waiting : null;
  });
  expect(before.place).toBe(2);

  const fields = { summary: 'Is the second tent there?', parcel: 'NW-51358' };
  const handOff = { to: { kind: 'department', id: 'warehouse' }, fields, requestId: 'journey-1' };
  expect((await priya.call('POST', `/tickets/${id}/escalations`, handOff)).status).toBe(201);
  await until('Zendesk shows the hand-off', () => groupOf(id) === 'Warehouse');
  const waitsFor = await until('it has left the queue', async () => {
    const { queue } = await cardOf(priya);
    return queue?.department && queue.waiting?.place === null ? queue : null;
  });
  expect(waitsFor.department).toMatchObject({ name: 'Warehouse', answer: { within: '4bh', late: false } });

  const oskar = await signIn(harness, 'warehouse@northwind.test');
  const theirs = await until('the warehouse has its card', async () => {
    const card = await cardOf(oskar);
    return card.queue?.department?.isYours ? card : null;
  });
  expect(theirs).toMatchObject({ guidance: null, escalation: { answerTo: { id: 't1' }, next: null, back: [] } });
  expect(theirs.queue.department?.answer).toEqual(waitsFor.department?.answer);
  const back = { to: { kind: 'tier', id: 't1' }, fields: { answer: ANSWER }, requestId: 'journey-2' };
  expect((await oskar.call('POST', `/tickets/${id}/escalations`, back)).status).toBe(201);
  await until('Zendesk shows it back', () => groupOf(id) === 'Support Tier 1');
  expect(notes(id).at(-1)?.body).toBe(`Handed back from Warehouse to Tier 1 by Oskar Lind\n\nAnswer:\n${ANSWER}`);

  const after = await until('the card has the answer', async () => {
    const card = await cardOf(priya);
    return card.queue?.departmentAnswer && card.queue.waiting?.of === 3 ? card : null;
  });
  expect(after.queue.departmentAnswer).toMatchObject({ department: 'Warehouse', by: 'Oskar Lind', text: ANSWER });
  expect(after.queue.waiting).toMatchObject({ since: before.since, place: 2, of: 3 });
  expect(after.escalation.history[0]).toMatchObject({ how: 'back', from: 'Warehouse', to: 'Tier 1' });
});
