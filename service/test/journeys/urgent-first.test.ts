// The journey of an urgent ticket that comes after many calm ones, through the whole harness.
import { customer } from '../../testing/people-at-zendesk.ts';
import { installSidebar, signIn } from '../../testing/sign-in-to-sidebar.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ installApp: installSidebar });
});
afterAll(() => harness.stop());

const CALM = 30;

test('a new urgent ticket is next, before all that have waited longer, and the card says why', async () => {
  const shopper = customer(harness);
  const calm: number[] = [];
  for (let n = 0; n < CALM; n++) calm.push(await shopper.opens(`Tent ${n}`, 'I want a refund for the tent.'));
  const urgent = await shopper.opens('Account', 'I want a refund: my account was hacked.');
  const priya = await signIn(harness, 'priya@northwind.test');
  const cardOf = async (id: number) => (await priya.call('GET', `/tickets/${id}/card`)).body;

  const waiting = await until('all wait in one queue and the urgent one is first', async () => {
    const { queue } = await cardOf(urgent);
    return queue?.waiting?.of === CALM + 1 && queue.waiting.place === 1 ? queue.waiting : null;
  });
  expect(waiting.band).toBe('urgent');
  const oldest = await cardOf(calm[0]!);
  expect(oldest.queue).toMatchObject({ waiting: { place: 2 }, nextOldest: { ticketId: urgent } });
  expect((await cardOf(urgent)).queue.nextOldest?.ticketId).toBe(calm[0]);
});
