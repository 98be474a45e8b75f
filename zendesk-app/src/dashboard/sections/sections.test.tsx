// Checks the sections below the first screen.
import { screen, within } from '@testing-library/react';
import { aDashboard } from '../../testing/dashboard-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { someQueues, someRules } from '../../testing/section-builders.ts';
import { showDashboard } from '../../testing/show-dashboard.tsx';
import { section, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it('is reached by a link that keeps the filters', async () => {
  await showDashboard({ hash: '/overview?range=7d' });
  expect(screen.getByRole('link', { name: 'Trends' })).toHaveAttribute('href', '#/trends?range=7d');
  expect(screen.getByRole('link', { name: 'Now' })).toHaveAttribute('aria-current', 'page');
});

it('offers wall links to admins only', async () => {
  await showDashboard({ dashboard: { may: { seeAgents: false, makeLinks: false, openTickets: true } } });
  expect(screen.queryByRole('link', { name: 'Wall links' })).toBeNull();
});

it.each(['trends', 'queues', 'rules', 'team', 'links'])(
  'says why %s cannot be shown, and tries again',
  async (name) => {
    const { service, user, pass } = await showDashboard({
      hash: `/${name}`,
      service: (fake) => fake.answer(`GET /api/dashboard/${name}`, refusal(403, 'forbidden')),
    });
    expect(screen.getByText('You are not allowed to do this.')).toBeInTheDocument();
    service.answer(`GET /api/dashboard/${name}`, refusal(500, 'internal'));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await pass(0);
    expect(screen.getByText(/because of an internal error/)).toBeInTheDocument();
  },
);

describe('trends', () => {
  it('show each figure with its goal, and nothing where nothing was counted', async () => {
    await showDashboard({ hash: '/trends?range=28d' });
    expect(section('First reply time')).toHaveTextContent('Goal: 1h');
    expect(section('Ease (CES)')).toHaveTextContent('Nothing was counted in this period');
    expect(section('Open tickets at the end of each day')).toHaveTextContent('Oct 7800');
  });

  it('of one day are by the hour, and say which hour the newest number is of', async () => {
    const [from, at, to] = ['2026-11-01T04:00:00Z', '2026-11-01T14:00:00Z', '2026-11-02T05:00:00Z'];
    await showDashboard({
      hash: '/trends?range=2026-11-01..2026-11-01',
      dashboard: { range: { id: '2026-11-01..2026-11-01', from, to }, timeZone: 'America/New_York' },
      service: (fake) =>
        fake.answer(
          'GET /api/dashboard/trends',
          ok({
            trends: [{ figure: 'arrivals', unit: 'count', goal: null, points: [{ at, value: 6, n: 6 }] }],
            annotations: [],
            backlog: [],
          }),
        ),
    });
    expect(section('Arrivals')).toHaveTextContent('9 AM: 6');
    expect(within(section('Arrivals')).queryByText('Nov 1')).toBeNull();
  });

  it('show what happened, with arrivals before and after by category', async () => {
    await showDashboard({ hash: '/trends?range=28d' });
    const panel = section('What happened');
    expect(panel).toHaveTextContent('2. New checkout');
    expect(within(panel).getByRole('row', { name: /Refund/ })).toHaveTextContent('48.231.4');
  });
});

it('lets who may acknowledge an alarm, and says why if it cannot be', async () => {
  const alarm = { kind: 'category_rise', n: 41, since: null, about: 'Refund', tickets: [], alarm: 7 } as const;
  const { service, user } = await showDashboard({ hash: '/attention', dashboard: { attention: [alarm] } });
  const path = 'POST /api/dashboard/alarms/7/acknowledge';
  service.answer(path, refusal(500, 'internal'));
  await user.click(screen.getByRole('button', { name: /More tickets than usual/ }));
  const button = () => screen.getByRole('button', { name: 'I have looked into it' });
  await user.click(button());
  expect(await screen.findByText(/because of an internal error/)).toBeVisible();
  service.answer(path, ok(null, 204));
  await user.click(button());
  expect(await screen.findAllByText('Recorded. It is no longer shown here.')).not.toHaveLength(0);
});

it('what needs attention is followed by the customers who may be lost, for those who may open tickets', async () => {
  await showDashboard({ hash: '/attention' });
  const rows = within(section('2 customers may be lost')).getAllByRole('row');
  expect(rows[1]).toHaveTextContent(/#1041.*NPS 3 of 10.*2 bad answers · was satisfied before.*overdue/);
  expect(rows[2]).toHaveTextContent(/Customer 502.*CSAT 2 of 5.*not followed up/);
});

it('queues show overtakes, clock flips, departments and skips', async () => {
  await showDashboard({ hash: '/queues' });
  expect(within(section('Tiers')).getByRole('button', { name: '7.1% Overtake rate, Tier 2' })).toBeInTheDocument();
  expect(section('Departments')).toHaveTextContent('Warehouse');
  expect(section('Why agents skip tickets')).toHaveTextContent('Tickets were skipped 10 times');
  expect(section('Why agents skip tickets')).toHaveTextContent('Not my area7');
});

it('queues say nothing of skips to those who are not told', async () => {
  const { skips: _, ...queues } = someQueues();
  await showDashboard({ hash: '/queues', service: (fake) => fake.answer('GET /api/dashboard/queues', ok(queues)) });
  expect(section('Tiers')).toBeInTheDocument();
  expect(screen.queryByText('Why agents skip tickets')).toBeNull();
});

it('the tickets behind overtakes are followed by the tickets that agents skipped', async () => {
  const { user, pass } = await showDashboard({ hash: '/queues' });
  await user.click(within(section('Tiers')).getByRole('button', { name: '7.1% Overtake rate, Tier 2' }));
  await pass(0);
  expect(screen.getByRole('dialog')).toHaveTextContent('Lena FischerNot my area');
});

it('rules show coverage, overrides and when each trigger last decided', async () => {
  await showDashboard({ hash: '/rules' });
  expect(section('How well the categories fit')).toHaveTextContent('was 14%, better');
  const rows = within(section('Policy triggers')).getAllByRole('row');
  expect(rows[2]).toHaveTextContent('Parcel is late33515%1 hour ago');
  expect(rows[3]).toHaveTextContent('Never');
});

it('rules show what triggers in shadow would have done, and how often agents chose the same', async () => {
  const { service, user, pass } = await showDashboard({ hash: '/rules' });
  const rows = within(section('Policy triggers in shadow')).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('Arrived damaged in shadow57 of 1,20431 of 34 77%–97%');
  expect(rows[2]).toHaveTextContent('Asks about VAT acts for 10%3 of 133');
  await user.click(screen.getByRole('button', { name: /^57 of 1,204 Would be decided otherwise/ }));
  await pass(0);
  expect(screen.getByRole('dialog')).toHaveTextContent(
    'How many tickets triggers in shadow would have decided otherwise',
  );
  expect(service.calls.map(({ search }) => search).join(' ')).toContain('figure=in_shadow');
});

it('rules say nothing of shadow while no trigger is in it', async () => {
  const { shadow: _, ...rules } = someRules();
  await showDashboard({ hash: '/rules', service: (fake) => fake.answer('GET /api/dashboard/rules', ok(rules)) });
  expect(screen.queryByText('Policy triggers in shadow')).toBeNull();
});

it('rules say in words which tickets no trigger decided', async () => {
  const none = { id: 'none', name: 'none', decided: 3, overruled: 0, lastHit: null };
  await showDashboard({
    hash: '/rules',
    service: (fake) => fake.answer('GET /api/dashboard/rules', ok({ ...someRules(), rules: [none] })),
  });
  expect(within(section('Policy triggers')).getByRole('rowheader', { name: 'No policy trigger' })).toBeInTheDocument();
});

it('goals without anything counted say the goal, and not that nothing is too few', async () => {
  const [goal] = aDashboard().goals;
  const unknown = { state: 'unknown', value: null, n: 0 } as const;
  await showDashboard({ hash: '/goals', dashboard: { goals: goal ? [{ ...goal, ...unknown }] : [] } });
  expect(section('First reply within an hour')).toHaveTextContent('the goal is at most');
  expect(section('First reply within an hour')).not.toHaveTextContent('too few');
});

it('goals show the reason, the owner and the benchmark with its source', async () => {
  await showDashboard({ hash: '/goals' });
  const panel = section('Guidance for 95% of tickets');
  expect(panel).toHaveTextContent('Off track');
  expect(panel).toHaveTextContent('the goal is at least 95%');
  expect(panel).toHaveTextContent('Owner: Lena Fischer');
  expect(within(panel).getByRole('link', { name: 'Source' })).toHaveAttribute('href', 'https://example.test/benchmark');
});

it('goals name the last day of their period, not the first after it', async () => {
  const [goal] = aDashboard().goals;
  const period = { from: '2026-10-26T04:00:00Z', to: '2026-11-02T05:00:00Z' };
  await showDashboard({ hash: '/goals', dashboard: { goals: goal ? [{ ...goal, ...period }] : [] } });
  expect(section('First reply within an hour')).toHaveTextContent('First reply time, Oct 26 to Nov 1');
});

it('the team says why others are missing', async () => {
  await showDashboard({
    hash: '/team',
    service: (fake) =>
      fake.answer(
        'GET /api/dashboard/team',
        ok({ onlyYou: true, agents: [{ agentId: 7, name: 'Ann', isYou: true, figures: [] }] }),
      ),
  });
  expect(screen.getByText(/You see your own figures/)).toBeInTheDocument();
  expect(section('Agents')).toHaveTextContent('Ann (you)');
});

describe('wall links', () => {
  it('are made, and shown once with their address', async () => {
    const { service, user, pass } = await showDashboard({ hash: '/links' });
    service.answer(
      'POST /api/dashboard/links',
      ok(
        {
          id: 3,
          name: 'Hall',
          shows: 'company',
          createdAt: '2026-11-03T15:00:00.000Z',
          createdBy: 'Ann',
          lastUsedAt: null,
          url: 'https://dw.test/wall/secret',
        },
        201,
      ),
    );
    await user.type(screen.getByLabelText('Name'), ' Hall ');
    await user.selectOptions(screen.getByLabelText('Shows'), 'Company page about surveys');
    expect(screen.getByText(/sees scores, response rates, trends and reasons/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Make a link' }));
    await pass(0);
    expect(await screen.findByText('https://dw.test/wall/secret')).toBeInTheDocument();
    expect(service.calls.find(({ method }) => method === 'POST')?.body).toEqual({
      name: 'Hall',
      shows: 'company',
    });
  });

  it('are revoked after a question', async () => {
    const { service, user, pass } = await showDashboard({ hash: '/links' });
    service.answer('DELETE /api/dashboard/links/1', { status: 204, body: null });
    await user.click(screen.getByRole('button', { name: 'Revoke “Kitchen”' }));
    expect(service.calls.some(({ method }) => method === 'DELETE')).toBe(false);
    service.answer('GET /api/dashboard/links', ok({ links: [] }));
    await user.click(screen.getByRole('button', { name: 'Revoke' }));
    await pass(0);
    expect(section('Links in use')).toHaveTextContent('No links yet');
    expect(screen.getByText('The link “Kitchen” was revoked')).toBeInTheDocument();
  });

  it('stay where the question is answered with no', async () => {
    const { service, user } = await showDashboard({ hash: '/links' });
    await user.click(screen.getByRole('button', { name: 'Revoke “Kitchen”' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(service.calls.some(({ method }) => method === 'DELETE')).toBe(false);
  });

  it('say why none can be made', async () => {
    const { service, user, pass } = await showDashboard({ hash: '/links' });
    service.answer('POST /api/dashboard/links', refusal(409, 'conflict'));
    await user.type(screen.getByLabelText('Name'), 'Hall');
    await user.click(screen.getByRole('button', { name: 'Make a link' }));
    await pass(0);
    expect(await screen.findByText(/There are as many links as allowed/)).toBeInTheDocument();
  });
});
