// Checks what the first screen says about its numbers.
import { screen, within } from '@testing-library/react';
import { aDashboard, aFigure, someFigures } from '../testing/dashboard-builders.ts';
import { showDashboard } from '../testing/show-dashboard.tsx';
import { section, withFixedClock } from '../testing/show-sidebar.tsx';

withFixedClock();

describe('the first screen', () => {
  it('shows who waits, since when, and where', async () => {
    await showDashboard();
    const panel = section('Waiting now');
    expect(panel).toHaveTextContent('42');
    expect(panel).toHaveTextContent('Oldest: 2d 5h');
    expect(panel).toHaveTextContent('316 open tickets');
    expect(within(panel).getByRole('row', { name: /Tier 2/ })).toHaveTextContent('2d 5h');
  });

  it('says in words how numbers stand against the period before', async () => {
    await showDashboard();
    expect(section('Replies against target')).toHaveTextContent('was 71%, better');
    expect(section('Arrivals and solves')).toHaveTextContent('was 121, may be chance');
    expect(section('How customers felt')).toHaveTextContent('too few to judge: 9');
  });

  it('marks approximate numbers and those of Zendesk', async () => {
    const figures = someFigures().map((figure) =>
      figure.id === 'first_reply_time' ? { ...figure, isApproximate: true, fromZendesk: 41 } : figure,
    );
    await showDashboard({ dashboard: { figures } });
    expect(section('Replies against target')).toHaveTextContent('approximate · 41 measured by Zendesk');
  });

  it('writes a dash where nothing was counted, never a zero', async () => {
    const figures = someFigures().map((figure) => aFigure(figure.id, { unit: figure.unit, value: null, n: 0 }));
    await showDashboard({ dashboard: { figures } });
    expect(section('Replies against target')).toHaveTextContent('No reply with a target in this period');
    expect(within(section('Replies against target')).getByRole('row', { name: /First reply/ })).toHaveTextContent('–');
    expect(section('How customers felt')).toHaveTextContent('No answers in this period');
  });

  it('writes a time below a minute as such', async () => {
    const figures = [aFigure('first_reply_time', { unit: 'duration', value: 20 })];
    await showDashboard({ dashboard: { figures } });
    expect(within(section('Replies against target')).getByRole('row', { name: /First reply/ })).toHaveTextContent(
      '<1m',
    );
  });

  it.each([
    [
      { days: 6, interval: [4.8, 8.1] as const },
      'In about 6 days',
      'About Nov 9; with 80% probability between Nov 8 and Nov 11.',
    ],
    [
      { days: 6, interval: [4.8, null] as const },
      'In about 6 days',
      'not before Nov 8, and possibly not within a year',
    ],
    [{ days: null, interval: null }, 'Not within a year', 'More tickets arrive than are solved.'],
    [{ open: 0, days: 0, interval: null }, 'The backlog is clear', 'No ticket is open.'],
  ])('says when the backlog is clear: %j', async (parts, headline, detail) => {
    const forecast = { open: 316, arrivalsPerDay: 133, solvesPerDay: 186, from: 28, ...parts };
    await showDashboard({ dashboard: { forecast } });
    expect(section('When the backlog is clear')).toHaveTextContent(headline);
    expect(section('When the backlog is clear')).toHaveTextContent(detail);
  });

  it('says how often the order of a view was restored', async () => {
    const view = { kind: 'overruled_views', about: 'Unassigned', since: null, tickets: [] } as const;
    const { send } = await showDashboard({ dashboard: { attention: [{ ...view, n: 1 }] } });
    expect(section('Needs attention')).toHaveTextContent('The order of the view “Unassigned” was restored');
    await send({ attention: [{ ...view, n: 3 }] });
    expect(section('Needs attention')).toHaveTextContent('The order of the view “Unassigned” was restored 3 times');
  });

  it('joins views whose order was restored, and explains each thing', async () => {
    const view = { kind: 'overruled_views', n: 1, since: null, tickets: [] } as const;
    const views = ['Unassigned', 'Urgent', 'Old', 'New'].map((about) => ({ ...view, about }));
    const { user } = await showDashboard({ dashboard: { attention: views } });
    const panel = section('Needs attention');
    expect(within(panel).getAllByRole('button')).toHaveLength(1);
    await user.click(within(panel).getByRole('button', { name: 'The order of 4 views was restored' }));
    expect(panel).toHaveTextContent('within 7 days');
    expect(panel).toHaveTextContent('The order of the view “Urgent” was restored');
    expect(within(panel).getByRole('link', { name: 'See all' })).toHaveAttribute('href', '#/attention');
  });

  it('names the period of goals and their business hours', async () => {
    const [goal] = aDashboard().goals;
    await showDashboard({ dashboard: { goals: goal ? [{ ...goal, clock: 'business' }] : [] } });
    expect(section('Goals')).toHaveTextContent('52m · Oct 27 to Nov 3');
    expect(section('Goals')).toHaveTextContent('the goal is at most 1h in business hours');
  });

  it('draws how numbers went, for eyes only', async () => {
    await showDashboard();
    const lines = section('How customers felt').querySelectorAll('svg[aria-hidden="true"] path');
    expect(lines).toHaveLength(1);
  });

  it.each(['overview', 'queues', 'rules', 'team'])('has no number that opens nothing: %s', async (name) => {
    await showDashboard({ hash: `/${name}` });
    const cells = screen.getAllByRole('cell').filter((cell) => cell.closest('figure') === null);
    const dead = cells.filter(
      (cell) => /^[\d<+-]/.test(cell.textContent ?? '') && cell.querySelector('button') === null,
    );
    // When a trigger was last used is no count.
    expect(dead.map((cell) => cell.textContent).filter((text) => !text?.endsWith('ago'))).toEqual([]);
    expect(cells.length).toBeGreaterThan(0);
  });

  it('compares nothing where neither period has a number', async () => {
    const nothing = { unit: 'share', value: null, n: 0, before: { value: null, n: 0 } } as const;
    await showDashboard({ dashboard: { figures: [{ ...nothing, id: 'one_touch_rate' }] } });
    expect(screen.queryByText(/nothing before/)).toBeNull();
  });

  it('says so where there is no forecast and no period before', async () => {
    await showDashboard({ dashboard: { forecast: null, before: null } });
    expect(section('When the backlog is clear')).toHaveTextContent('Not enough history yet for a forecast');
    expect(screen.queryByRole('columnheader', { name: 'Trend' })).toBeNull();
  });

  it('writes times in the time zone of the policy, whatever the reader’s', async () => {
    await showDashboard({ dashboard: { timeZone: 'Asia/Tokyo' } });
    expect(screen.getByText(/time zone Asia\/Tokyo/)).toHaveTextContent('Nov 3, 12:12 PM to Nov 4, 12:12 AM');
  });
});
