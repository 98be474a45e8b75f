// Checks that numbers open their definition and tickets, that filters stay in the address, and CSV.
import { FIGURES } from '@deskwright/shared';
import { screen, within } from '@testing-library/react';
import { ok, refusal } from '../testing/fake-service.ts';
import { showDashboard } from '../testing/show-dashboard.tsx';
import { withFixedClock } from '../testing/show-sidebar.tsx';

withFixedClock();

const plain = (text: string) => text.replaceAll('`', '');
const paths = (calls: readonly { path: string; search: string }[]) => calls.map(({ path, search }) => path + search);

describe('drill-down', () => {
  it('opens the definition and the tickets, and opens a ticket in Zendesk', async () => {
    const { service, user, zendesk, pass } = await showDashboard();
    await user.click(screen.getByRole('button', { name: '86% Replies within target' }));
    await pass(0);
    const dialog = screen.getByRole('dialog', { name: 'Replies within target' });
    expect(dialog).toHaveTextContent('The share of first and next replies');
    expect(paths(service.calls)).toContain('/api/dashboard/tickets?figure=replies_within_target');
    await user.click(within(dialog).getByRole('button', { name: '#1000' }));
    expect(zendesk.invoked).toContainEqual(['routeTo', 'ticket', 1000]);
  });

  it('asks for the tickets of the bar alone, with the filters of the page', async () => {
    const { service, user, pass } = await showDashboard({ hash: '/overview?range=7d&tier=t1' });
    await user.click(screen.getByRole('button', { name: '41 Arrivals, Refund' }));
    await pass(0);
    expect(paths(service.calls)).toContain('/api/dashboard/tickets?range=7d&tier=t1&category=refund&figure=arrivals');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await pass(0);
    expect(paths(service.calls).at(-1)).toMatch(/figure=arrivals&page=2$/);
  });

  it('is closed by its button, and by going back', async () => {
    const { user, pass } = await showDashboard();
    await user.click(screen.getByRole('button', { name: '42 Waiting now' }));
    await pass(0);
    expect(window.location.hash).toBe('#/overview?figure=waiting');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await pass(0);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(window.location.hash).toBe('#/overview');
  });

  it('shows beside the scores that count what was submitted', async () => {
    await showDashboard({ hash: '/overview?figure=csat' });
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent('As submitted, whoever sent it: 50% from 40 answers.');
    expect(within(dialog).getByRole('columnheader', { name: 'As submitted' })).toBeInTheDocument();
  });

  it.each([
    ['en', 'Why customers were not surveyed', 'Asked recently'],
    ['de', 'Warum Kunden nicht befragt wurden', 'Vor Kurzem befragt'],
  ])('shows behind the response rate who was not surveyed and why, in %s', async (locale, title, reason) => {
    await showDashboard({ hash: '/overview?figure=response_rate', locale });
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent(title);
    expect(within(dialog).getByRole('row', { name: `${reason} CSAT 12` })).toBeInTheDocument();
    expect(within(dialog).getByRole('row', { name: 'of_a_newer_service CSAT 1' })).toBeInTheDocument();
  });

  it('shows no tickets to whom may not open them', async () => {
    const { service } = await showDashboard({
      hash: '/overview?figure=csat',
      dashboard: { may: { seeAgents: false, makeLinks: false, openTickets: false } },
    });
    expect(screen.getByRole('dialog')).toHaveTextContent('The share of answers');
    expect(paths(service.calls).some((path) => path.includes('tickets'))).toBe(false);
  });

  it('defines its figure with the formula, the unit, what it leaves out and the source', async () => {
    await showDashboard({ hash: '/overview?figure=first_reply_time' });
    const { formula, leavesOut, source } = FIGURES.first_reply_time;
    const dialog = screen.getByRole('dialog', { name: 'First reply time' });
    for (const text of [formula, leavesOut, source, 'Unitduration']) expect(dialog).toHaveTextContent(plain(text));
    expect(within(dialog).getByText('business_hours').tagName).toBe('CODE');
  });

  it.each([
    ['de', 'Zeit bis zur ersten Antwort', 'Nicht enthaltenTickets, die noch keine Antwort haben'],
    ['fr', 'Délai de première réponse', 'Non comprisLes tickets encore sans réponse'],
    ['es', 'Tiempo de primera respuesta', 'No incluyeLos tickets que aún no tienen respuesta'],
  ])('defines it in %s', async (locale, name, leftOut) => {
    await showDashboard({ hash: '/overview?figure=first_reply_time', locale });
    expect(screen.getByRole('dialog', { name })).toHaveTextContent(leftOut);
  });
});

describe('time range and filters', () => {
  it('are kept in the address and asked from the service', async () => {
    const { service, user, pass } = await showDashboard();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Time range' }), 'Last 28 days');
    await pass(0);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tier' }), 'Tier 2');
    await pass(0);
    expect(window.location.hash).toBe('#/overview?range=28d&tier=t2');
    expect(paths(service.calls)).toContain('/api/dashboard?range=28d&tier=t2');
  });

  it('show no numbers of the former filters while the new ones are loaded', async () => {
    const { service, user, pass } = await showDashboard();
    service.answer('GET /api/dashboard', 'never');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tier' }), 'Tier 2');
    await pass(0);
    expect(screen.queryByRole('region', { name: 'Waiting now' })).toBeNull();
    expect(screen.getByText('Loading the numbers')).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Tier' })).toHaveValue('t2');
  });

  it('name a filter whose choice no longer exists, so that it can be taken away', async () => {
    const { service, user, pass } = await showDashboard({ hash: '/overview?category=gone' });
    expect(screen.getByRole('combobox', { name: 'Category' })).toHaveDisplayValue('gone');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Category' }), 'All categories');
    await pass(0);
    expect(paths(service.calls).at(-1)).not.toContain('gone');
  });

  it('take days of one’s own', async () => {
    const { user, pass } = await showDashboard();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Time range' }), 'Choose days…');
    await user.type(screen.getByLabelText('First day'), '2026-10-01');
    await user.type(screen.getByLabelText('Last day'), '2026-10-31');
    await user.click(screen.getByRole('button', { name: 'Show' }));
    await pass(0);
    expect(window.location.hash).toBe('#/overview?range=2026-10-01..2026-10-31');
  });
});

describe('CSV', () => {
  it('is asked for what is seen', async () => {
    const { service, user, pass } = await showDashboard({ hash: '/queues?range=7d' });
    service.answer('GET /api/dashboard/export.csv', ok('a,b'));
    const made = jest.fn<string, [Blob]>(() => 'blob:file');
    Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => undefined });
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    await user.click(screen.getByRole('button', { name: 'Download as CSV' }));
    await pass(0);
    expect(paths(service.calls).at(-1)).toBe('/api/dashboard/export.csv?range=7d&section=queues');
    expect(made).toHaveBeenCalledTimes(1);
    expect(clicked).toHaveBeenCalledTimes(1);
    clicked.mockRestore();
  });

  it('says that it could not be downloaded', async () => {
    const { service, user, pass } = await showDashboard();
    service.answer('GET /api/dashboard/export.csv', refusal(500, 'internal'));
    await user.click(screen.getByRole('button', { name: 'Download as CSV' }));
    await pass(0);
    expect(
      await screen.findByText('The file could not be downloaded. Try again', { selector: 'button' }),
    ).toBeVisible();
  });
});
