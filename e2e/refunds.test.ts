import type { Browser, FrameLocator, Page } from 'playwright-core';
import { until } from '../service/testing/start-harness.ts';
import { violationsInFrame } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SidebarHarness, startSidebarHarness } from './sidebar-harness.ts';

describeInBrowser('refunds of payments at Stripe', () => {
  let browser: Browser;
  let harness: SidebarHarness;
  beforeAll(async () => {
    browser = await openBrowser();
    harness = await startSidebarHarness(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
  });

  let customers = 0;
  /** A ticket about money, of a customer with one payment of $80 by card. */
  async function aPaidTicket(): Promise<{ ticketId: number; charge: string }> {
    customers += 1;
    const email = `payer${customers}@mail.test`;
    const { account } = harness.zendesk.stripe;
    const customer = account.addCustomer({ email }).id;
    const charge = account.addCharge({ amount: 8_000, currency: 'usd', customer, description: 'Tent' }).id;
    const ticketId = await harness.aTicket({ subject: 'Tent', message: 'I want my money back.', email });
    return { ticketId, charge };
  }
  const atStripe = (charge: string) =>
    harness.zendesk.stripe.account.refunds(null).filter((refund) => refund.charge === charge);

  async function openRefund(page: Page, ticketId: number): Promise<FrameLocator> {
    const sidebar = await harness.openTicket(page, ticketId);
    await sidebar.getByRole('button', { name: /^Refund up to/ }).click();
    await sidebar.getByRole('textbox', { name: 'Refund in USD' }).waitFor();
    return sidebar;
  }
  async function fill(sidebar: FrameLocator): Promise<void> {
    await sidebar.getByRole('textbox', { name: 'Refund in USD' }).fill('9');
    await sidebar.getByRole('textbox', { name: 'Reason of the refund' }).fill('Late');
    await sidebar.getByRole('textbox', { name: 'Reason of the refund' }).press('Enter');
    await sidebar.getByText(/^Refund \$9 to Visa •••• 4242/).waitFor();
  }

  test('a small refund in one go, without a violation of accessibility; it stands on the ticket with Stripe’s id', async () => {
    const { ticketId, charge } = await aPaidTicket();
    const page = await harness.asAgent('priya@northwind.test');
    const sidebar = await openRefund(page, ticketId);
    expect(await violationsInFrame(page, '/app/sidebar')).toEqual([]);
    await fill(sidebar);
    await sidebar.getByRole('button', { name: 'Refund $9' }).click();
    await sidebar.getByText(/made · re_local/).waitFor();
    expect(atStripe(charge)).toMatchObject([{ amount: 900 }]);
    await until('the tag is on the ticket', () =>
      harness.zendesk.account.tickets.find(ticketId)?.tags.includes('refund__done'),
    );
    await page.context().close();
  });

  test('a second tab pressing the same button does not refund twice', async () => {
    const { ticketId, charge } = await aPaidTicket();
    const first = await harness.asAgent('priya@northwind.test');
    const one = await openRefund(first, ticketId);
    await fill(one);
    const second = await first.context().newPage();
    const two = await openRefund(second, ticketId);
    await fill(two);
    // In a tab behind another, Chromium gives a click on the frame to the page around it.
    await first.bringToFront();
    await one.getByRole('button', { name: 'Refund $9' }).click();
    await one.getByText(/made · re_local/).waitFor();
    await second.bringToFront();
    await two.getByRole('button', { name: 'Refund $9' }).click();
    await two.getByText(/The same amount was refunded here before/).waitFor();
    expect(atStripe(charge)).toHaveLength(1);
    await first.context().close();
  });

  test('a payment that was disputed meanwhile is refused with the reason, and its evidence is ticked', async () => {
    const { ticketId, charge } = await aPaidTicket();
    const page = await harness.asAgent('priya@northwind.test');
    const sidebar = await openRefund(page, ticketId);
    await fill(sidebar);
    harness.zendesk.stripe.account.dispute(charge);
    await sidebar.getByRole('button', { name: 'Refund $9' }).click();
    await sidebar.getByText(/disputes this payment at their bank/).waitFor();
    await sidebar.getByText(/Evidence is due by/).waitFor();
    await sidebar.getByText(/not made/).waitFor();
    expect(atStripe(charge)).toEqual([]);
    await sidebar.getByText('Evidence for the bank: 3 of 3 missing').waitFor();
    // Garden covers the box with its label.
    await sidebar.getByText('The invoice or receipt').click();
    await sidebar.getByText('Evidence for the bank: 2 of 3 missing').waitFor();
    await sidebar.getByText(/^Priya/).waitFor();
    await page.context().close();
  });
});
