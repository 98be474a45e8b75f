// Journeys of answers that customers' mail programs send by themselves, over real HTTP.
import { eq } from 'drizzle-orm';
import { measures } from '../../src/history/tables.ts';
import { invitations } from '../../src/surveys/tables.ts';
import { comments, tickets } from '../../src/tickets/tables.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ surveyDelayMs: 3_600_000 });
});
afterAll(() => harness.stop());

const db = () => harness.database.db;
const known = async (id: number) => (await db().select().from(tickets).where(eq(tickets.id, id)))[0];

test('an out-of-office mail opens the solved ticket in Zendesk, and here its solve and its survey stand', async () => {
  const id = await customer(harness).opens('Refund please', 'I want my money back, the boots are too small.');
  await until('it is categorised', () =>
    harness.zendesk.account.tickets.find(id)!.tags.some((tag) => tag.startsWith('category__')),
  );
  await agent(harness).solves(id);
  await until('it is solved', async () => (await known(id))?.status === 'solved');

  await customer(harness).isAway(id);

  await until('Zendesk has opened it', async () => (await known(id))?.status === 'open');
  await until('the mail is known', async () => {
    const said = await db().select().from(comments).where(eq(comments.ticketId, id));
    return said.some(({ author }) => author === 'system');
  });
  expect(await known(id)).toMatchObject({ waitingSince: null, solvedAt: expect.any(Date) });
  await until('the survey is scheduled', async () => {
    const rows = await db().select().from(invitations).where(eq(invitations.ticketId, id));
    return rows.length === 1 && rows[0]?.state === 'scheduled';
  });
  await until('it is measured as solved once and never reopened', async () => {
    const rows = await db().select().from(measures).where(eq(measures.ticketId, id));
    const figures = rows.map(({ figure }) => figure);
    return figures.filter((figure) => figure === 'solve').length === 1 && !figures.includes('reopen');
  });
});
