// What must run for an agent to work with the sidebar?
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { type House, startHouse, until } from '../service/testing/start-house.ts';
import { installApp } from './install-app.ts';

export interface SidebarWorld extends House {
  /** Lets a customer open a ticket, and waits until it is decided. Gives back its number. */
  aTicket: (message: { subject: string; message: string; name?: string; email?: string }) => Promise<number>;
  /** Opens the workspace as somebody of the team, in a window of their own. */
  asAgent: (email: string) => Promise<Page>;
  /** Opens the ticket there and waits for the first card. */
  openTicket: (page: Page, ticketId: number) => Promise<FrameLocator>;
}

/** The local Zendesk with the app installed, the service, PostgreSQL; the browser is the caller's. */
export async function startSidebarWorld(
  browser: Browser,
  options: Parameters<typeof startHouse>[0] = {},
): Promise<SidebarWorld> {
  const house = await startHouse({ installApp, surveyDelayMs: 3_600_000, ...options });
  const { account } = house.zendesk;
  let customers = 0;

  const aTicket: SidebarWorld['aTicket'] = async ({ subject, message, ...given }) => {
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
    ...house,
    aTicket,
    asAgent: async (email) => {
      const agent = account.users.findByEmail(email);
      if (!agent) throw new Error(`Nobody is called ${email}.`);
      const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1 });
      await context.addCookies([{ name: 'local_zendesk_agent', value: String(agent.id), url: house.zendesk.url }]);
      return context.newPage();
    },
    openTicket: async (page, ticketId) => {
      await page.goto(`${house.zendesk.url}/agent/tickets/${ticketId}`);
      const sidebar = sidebarOf(page);
      await sidebar.getByRole('heading', { name: 'What to do' }).waitFor();
      return sidebar;
    },
  };
}

/** The framed sidebar. */
export const sidebarOf = (page: Page): FrameLocator => page.frameLocator('iframe[title*="Deskwright"]');
