// Checks what the page shows as numbers change, are not there, or hang on a wall.
import { screen } from '@testing-library/react';
import { aDashboard, anEmptyDashboard } from '../testing/dashboard-builders.ts';
import { ok, refusal } from '../testing/fake-service.ts';
import { showDashboard } from '../testing/show-dashboard.tsx';
import { section, withFixedClock } from '../testing/show-sidebar.tsx';

withFixedClock();

describe('the live stream', () => {
  it('replaces the numbers as they change', async () => {
    const { send } = await showDashboard();
    expect(screen.getByText('Live')).toBeInTheDocument();
    await send({ waiting: { ...aDashboard().waiting, n: 43 } });
    expect(screen.getByRole('button', { name: '43 Waiting now' })).toBeInTheDocument();
  });

  it('is announced once a minute at most', async () => {
    const { send, pass } = await showDashboard();
    const announced = () =>
      screen
        .getAllByRole('status')
        .map(({ textContent }) => textContent)
        .join();
    await pass(10_000);
    await send({ waiting: { ...aDashboard().waiting, n: 43 } });
    expect(announced()).not.toContain('43 waiting');
    await pass(75_000);
    expect(announced()).toContain('43 waiting, 5 things need attention');
    await send({ waiting: { ...aDashboard().waiting, n: 44 } });
    expect(announced()).toContain('43 waiting');
  });

  it('says that it is gone and how old the numbers are, which stay', async () => {
    const { service, pass } = await showDashboard();
    service.answer('GET /api/dashboard', 'no network');
    service.answer('GET /api/dashboard/live', 'no network');
    service.breakStream();
    await pass(5 * 60_000);
    expect(screen.getByText('Not connected: numbers from 5 minutes ago. Trying again.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '42 Waiting now' })).toBeInTheDocument();
  });

  it('notices a connection that is lost without notice', async () => {
    const { service, pass } = await showDashboard();
    service.answer('GET /api/dashboard', 'no network');
    service.answer('GET /api/dashboard/live', 'no network');
    await pass(2 * 60_000);
    expect(screen.queryByText('Live')).toBeNull();
  });

  it('says that newer numbers cannot be computed', async () => {
    const { service, pass } = await showDashboard();
    service.stream('problem', { error: 'unavailable', message: '' });
    await pass(0);
    expect(screen.getByText(/The newest numbers could not be computed/)).toBeInTheDocument();
  });

  it('ignores numbers older than those shown', async () => {
    const { send } = await showDashboard();
    await send({ asOf: '2020-01-01T00:00:00.000Z', waiting: { ...aDashboard().waiting, n: 1 } });
    expect(screen.getByRole('button', { name: '42 Waiting now' })).toBeInTheDocument();
  });

  it('renews the token after a 401', async () => {
    const { service } = await showDashboard({
      service(fake) {
        fake.answer('GET /api/dashboard', ({ token }) =>
          token === 'Bearer access-2' ? ok(aDashboard()) : refusal(401, 'token_expired'),
        );
        fake.answer(
          'POST /api/session',
          ok({ accessToken: 'access-2', accessExpiresAt: '2026-11-03T16:00:00.000Z', renewal: 'r', agent: {} }),
        );
      },
    });
    expect(section('Waiting now')).toBeInTheDocument();
    expect(service.calls.filter(({ path }) => path === '/api/session')).toHaveLength(1);
  });
});

describe('without numbers', () => {
  it.each([
    [
      'nobody may see them',
      refusal(403, 'forbidden'),
      'You may not see this dashboard. Ask an admin of your Zendesk account.',
    ],
    ['the service fails', refusal(500, 'internal'), 'The numbers could not be computed because of an internal error.'],
    [
      'there is no network',
      'no network' as const,
      'Deskwright cannot be reached. The numbers appear as soon as it answers.',
    ],
    ['they are being loaded', 'never' as const, 'Loading the numbers'],
  ])('says so where %s', async (_, dashboard, message) => {
    await showDashboard({ dashboard, offline: true });
    expect(screen.getByText(message)).toBeInTheDocument();
  });

  it('shows them as soon as the service answers', async () => {
    const { service, pass } = await showDashboard({ dashboard: 'no network', offline: true });
    service.answer('GET /api/dashboard', ok(aDashboard()));
    await pass(60_000);
    expect(section('Waiting now')).toBeInTheDocument();
  });

  it('says what to do before the first ticket', async () => {
    await showDashboard({ dashboard: ok(anEmptyDashboard()) });
    expect(screen.getByText(/deskwright backfill --since 90d/)).toBeInTheDocument();
  });

  it('takes the numbers away from whom the session ended', async () => {
    const { service, pass } = await showDashboard();
    service.answer('GET /api/dashboard', refusal(401, 'token_expired'));
    service.answer('POST /api/session', refusal(401, 'token_expired'));
    service.answer('GET /api/dashboard/live', refusal(401, 'token_expired'));
    service.breakStream();
    await pass(5_000);
    expect(screen.getByText('Your session has ended. Reload Zendesk in your browser.')).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Waiting now' })).toBeNull();
  });

  it('says how to open the page where nobody was identified', async () => {
    await showDashboard({ session: null });
    expect(screen.getByText(/Open the dashboard from Zendesk’s navigation bar/)).toBeInTheDocument();
  });
});

describe('on the wall', () => {
  it('has no controls, and sends the link’s token', async () => {
    const { service } = await showDashboard({ wall: true });
    expect(section('Waiting now')).toHaveTextContent('42');
    for (const role of ['button', 'link', 'combobox', 'checkbox', 'tab'])
      expect(screen.queryAllByRole(role)).toEqual([]);
    expect(service.calls.map(({ token }) => token)).toEqual(service.calls.map(() => 'Wall wall-1'));
  });

  it('goes dark when the link is revoked', async () => {
    const { service, pass } = await showDashboard({ wall: true });
    service.answer('GET /api/dashboard', refusal(401, 'token_invalid'));
    service.answer('GET /api/dashboard/live', refusal(401, 'token_invalid'));
    service.breakStream();
    await pass(5_000);
    expect(screen.getByText(/an admin revoked it/)).toBeInTheDocument();
    expect(screen.queryByRole('region')).toBeNull();
  });
});
