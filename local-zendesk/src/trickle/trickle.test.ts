import { createAccount } from '../account/create-account.ts';
import { mayAgentSee } from '../account/may-agent-see.ts';
import { createRandom } from '../random.ts';
import { seedNorthwind } from '../seed/seed-northwind.ts';
import { until } from '../testing/until.ts';
import { letCustomerWrite } from './let-customer-write.ts';
import { letTeamWork } from './let-team-work.ts';
import { createTrickle } from './trickle.ts';

function aNorthwind(backlog = 40) {
  const account = createAccount({ clock: { now: Date.now }, subdomain: 'northwind' });
  const random = createRandom(1);
  seedNorthwind(account, { random, backlog });
  return { account, random };
}

test('customers create tickets and follow up on old ones', () => {
  const { account, random } = aNorthwind();
  const kinds: string[] = [];
  account.onTicketChange(({ kind, actorId }) => {
    expect(account.users.find(actorId)?.role).toBe('end-user');
    kinds.push(kind);
  });
  for (let i = 0; i < 40; i += 1) expect(letCustomerWrite(account, random)).toBe(true);
  expect(kinds.filter((kind) => kind === 'created').length).toBeGreaterThan(20);
  expect(kinds.filter((kind) => kind === 'updated').length).toBeGreaterThan(4);
});

test('agents solve the oldest waiting ticket first, and customers sometimes reopen one', () => {
  const { account, random } = aNorthwind();
  const oldest = account.tickets.list().find(({ status }) => status === 'new' || status === 'open');
  expect(letTeamWork(account, random)).toBe(true);
  const solved = account.tickets.find(oldest?.id ?? 0);
  expect(solved?.status).toBe('solved');
  expect(solved?.assignee_id).not.toBeNull();
  let reopened = 0;
  account.onTicketChange(({ before, after }) => {
    if (before?.status === 'solved' && after.status === 'open') reopened += 1;
  });
  for (let i = 0; i < 60; i += 1) letTeamWork(account, random);
  expect(reopened).toBeGreaterThan(0);
});

test('department members solve no tickets, and the trainee only those she may see', () => {
  const { account, random } = aNorthwind(60);
  account.onTicketChange(({ before, actorId }) => {
    const actor = account.users.find(actorId);
    if (before === null || actor?.role !== 'agent') return;
    expect(actor.tags).not.toContain('department');
    expect(mayAgentSee(account, actor, before)).toBe(true);
  });
  for (let i = 0; i < 60; i += 1) letTeamWork(account, random);
  expect.hasAssertions();
});

test('runs until it is stopped, at the given speed', async () => {
  const { account, random } = aNorthwind(5);
  const trickle = createTrickle(account, random, { ticketEveryMs: 5, solveEveryMs: 5 });
  expect(trickle.state().on).toBe(false);
  trickle.start();
  await until(() => trickle.state().written > 2 && trickle.state().worked > 2);
  trickle.stop();
  const { written } = trickle.state();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(trickle.state()).toMatchObject({ on: false, written });
});

test('the team leaves a ticket alone that somebody has open, and solves the next', () => {
  const { account, random } = aNorthwind();
  const waiting = account.tickets.list().filter(({ status }) => status === 'new' || status === 'open');
  const [open, next] = waiting.toSorted((a, b) => a.created_at.localeCompare(b.created_at)).map(({ id }) => id);
  const solved: number[] = [];
  account.onTicketChange(({ after }) => {
    if (after.status === 'solved') solved.push(after.id);
  });
  for (let i = 0; i < 60; i += 1) letTeamWork(account, random, (id) => id === open);
  expect(solved).toContain(next);
  expect(solved).not.toContain(open);
});
