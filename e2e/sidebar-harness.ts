// Starts everything that an agent needs to work with the sidebar.
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { type Harness, startHarness, until } from '../service/testing/start-harness.ts';
import { installApp } from './install-app.ts';

export interface SidebarHarness extends Harness {
  /** Opens a ticket as a customer and waits until it is decided. Returns its id. */
  aTicket: (message: { subject: string; message: string; name?: string; email?: string }) => Promise<number>;
  /** Signs an agent in to the workspace, in a browser context of their own. */
  asAgent: (email: string) => Promise<Page>;
  /** Opens the ticket and waits for the first card. */
  openTicket: (page: Page, ticketId: number) => Promise<FrameLocator>;
}

/** Starts the local Zendesk with the app installed, the service and PostgreSQL; the caller provides the browser. */
export async function startSidebarHarness(
  browser: Browser,
  options: Parameters<typeof startHarness>[0] = {},
): Promise<SidebarHarness> {
  const service = await startHarness({ installApp, surveyDelayMs: 3_600_000, ...options });
  const { account } = service.zendesk;
  let customers = 0;

  const aTicket: SidebarHarness['aTicket'] = async ({ subject, message, ...given }) => {
    customers += 1;
    const { name = 'Rosa Lindqvist', email = `rosa${customers}@mail.test` } = given;
    const customer =
      account.users.findByEmail(email) ??
      account.users.create({ name, email, role: 'end-user', verified: true }, { id: account.ownerId });
    const requester = 'ok' in customer ? (customer.ok ? customer.value : null) : customer;
    if (!requester) throw new Error('The local Zendesk refused a customer.');
    const opened = account.tickets.create(
      { subject, comment: { body: message, public: true }, requester_id: requester.id },
      { id: requester.id, channel: 'email' },
    );
    if (!opened.ok) throw new Error('The local Zendesk refused a ticket.');
    const { id } = opened.value.ticket;
    await until('the ticket is categorised', () =>
      account.tickets.find(id)?.tags.some((tag) => tag.startsWith('category__')),
    );
    return id;
  };

  return {
    ...service,
    aTicket,
    asAgent: async (email) => {
      const agent = account.users.findByEmail(email);
      if (!agent) throw new Error(`No user has the email ${email}.`);
      const context = await browser.newContext({
        viewport: { width: 1280, height: 1000 },
        screen: { width: 1440, height: 900 },
        deviceScaleFactor: 1,
      });
      await context.addCookies([{ name: 'local_zendesk_agent', value: String(agent.id), url: service.zendesk.url }]);
      return context.newPage();
    },
    openTicket: async (page, ticketId) => {
      await page.goto(`${service.zendesk.url}/agent/tickets/${ticketId}`);
      const sidebar = sidebarOf(page);
      await sidebar.getByRole('heading', { name: 'What to do' }).waitFor();
      return sidebar;
    },
  };
}

/** The sidebar's iframe. */
export const sidebarOf = (page: Page): FrameLocator => page.frameLocator('iframe[title*="Deskwright"]');
