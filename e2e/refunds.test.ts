import type { Browser, FrameLocator, Page } from 'playwright-core';
import { freePort } from '../service/testing/free-port.ts';
import { examplePolicyText } from '../service/testing/pipeline-deps.ts';
import { signIn } from '../service/testing/sign-in-to-sidebar.ts';
import { until } from '../service/testing/start-harness.ts';
import { violationsInFrame } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SidebarHarness, startSidebarHarness } from './sidebar-harness.ts';

describeInBrowser('refunds, goodwill and tools', () => {
  let browser: Browser;
  let harness: SidebarHarness;
  beforeAll(async () => {
    browser = await openBrowser();
    const port = await freePort();
    const policy = examplePolicyText()
      .replaceAll('http://127.0.0.1:4601', `http://127.0.0.1:${port}`)
      .replace('needs_verified_customer_above: 25', 'needs_verified_customer_above: 500')
      .replace('refund: needs_verification', 'refund: allowed');
    harness = await startSidebarHarness(browser, { zendesk: { port }, policy });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
  });

  let customers = 0;
  /** A ticket about money, of a customer with one payment of $80 by card. */
  async function aPaidTicket(): Promise<{ ticketId: number; charge: string; email: string }> {
    customers += 1;
    const email = `payer${customers}@mail.test`;
    const { account } = harness.zendesk.stripe;
    const customer = account.addCustomer({ email }).id;
    const charge = account.addCharge({ amount: 8_000, currency: 'usd', customer, description: 'Tent' }).id;
    const ticketId = await harness.aTicket({ subject: 'Tent', message: 'I want my money back.', email });
    return { ticketId, charge, email };
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
    await sidebar.getByRole('textbox', { name: 'Reason for the refund' }).fill('Late');
    await sidebar.getByRole('textbox', { name: 'Reason for the refund' }).press('Enter');
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

  /** Every key that was pressed in the sidebar, in order; `+` after one that was held down. */
  async function keysOf(sidebar: FrameLocator): Promise<() => Promise<string | undefined>> {
    const body = sidebar.locator('body');
    await body.evaluate((element) => {
      element.ownerDocument.addEventListener(
        'keydown',
        ({ key, repeat }) =>
          element.setAttribute('data-keys', `${element.dataset['keys'] ?? ''} ${key}${repeat ? '+' : ''}`),
        true,
      );
    });
    return async () => (await body.getAttribute('data-keys'))?.trim();
  }
  const isRead = (sidebar: FrameLocator) => sidebar.locator('button[aria-keyshortcuts="Enter"]').waitFor();

  test('by keyboard alone, a small refund takes four key strokes besides its amount and reason', async () => {
    const { ticketId, charge } = await aPaidTicket();
    const page = await harness.asAgent('priya@northwind.test');
    const sidebar = await harness.openTicket(page, ticketId);
    // An agent who reads the sidebar has clicked in it, or came with Tab.
    await sidebar.getByRole('heading', { name: 'What to do' }).click();
    const keys = await keysOf(sidebar);
    await page.keyboard.press('r');
    await sidebar.locator('input[name="amount"]:focus').waitFor();
    await page.keyboard.type('9');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Late');
    await page.keyboard.press('Enter');
    await sidebar.getByText('Refund $9 to Visa •••• 4242, not verified as Rosa Lindqvist’s?').waitFor();
    expect(atStripe(charge)).toEqual([]);
    await isRead(sidebar);
    await page.keyboard.press('Enter');
    await sidebar.getByText(/made · re_local/).waitFor();
    expect(atStripe(charge)).toMatchObject([{ amount: 900 }]);
    expect(await keys()).toBe('r 9 Tab L a t e Enter Enter');
  });

  test('a key held down asks, and refunds nothing', async () => {
    const { ticketId, charge } = await aPaidTicket();
    const page = await harness.asAgent('priya@northwind.test');
    const sidebar = await openRefund(page, ticketId);
    await sidebar.getByRole('textbox', { name: 'Refund in USD' }).fill('9');
    await sidebar.getByRole('textbox', { name: 'Reason for the refund' }).fill('Late');
    const keys = await keysOf(sidebar);
    await page.keyboard.down('Enter');
    await isRead(sidebar);
    for (let times = 0; times < 3; times++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    expect(await keys()).toBe('Enter Enter+ Enter+ Enter+');
    expect(await sidebar.getByRole('button', { name: 'Refund $9', exact: true }).isEnabled()).toBe(true);
    expect(atStripe(charge)).toEqual([]);
    await page.keyboard.press('Enter');
    await sidebar.getByText(/made · re_local/).waitFor();
    expect(atStripe(charge)).toHaveLength(1);
  });

  test('above the limit asks; the approver grants it in their own sidebar, and one refund is made', async () => {
    const { ticketId, charge } = await aPaidTicket();
    const sidebar = await openRefund(await harness.asAgent('priya@northwind.test'), ticketId);
    await sidebar.getByRole('textbox', { name: 'Refund in USD' }).fill('60');
    await sidebar.getByRole('textbox', { name: 'Reason for the refund' }).fill('It leaked');
    await sidebar.getByRole('button', { name: 'Ask for approval of $60' }).click();
    await sidebar.getByText(/^Priya Nair asks to refund \$60/).waitFor();
    expect(await sidebar.getByRole('button', { name: 'Approve $60' }).count()).toBe(0);
    expect(atStripe(charge)).toEqual([]);
    const approvers = await harness.openTicket(await harness.asAgent('lead@northwind.test'), ticketId);
    await approvers.getByRole('button', { name: 'Approve $60' }).click();
    await approvers
      .getByText('Approve the refund of $60 to Visa •••• 4242, not verified as Rosa Lindqvist’s?')
      .waitFor();
    expect(atStripe(charge)).toEqual([]);
    await approvers.getByRole('button', { name: 'Approve $60' }).dblclick();
    await approvers.getByText(/^\$60 of \$60 approved by Jonas Brandt/).waitFor();
    await sidebar.getByText(/made · re_local/).waitFor();
    expect(atStripe(charge)).toMatchObject([{ amount: 6_000 }]);
  });

  test('goodwill given twice by a double click is given once, and less of the budget is left', async () => {
    const { ticketId } = await aPaidTicket();
    const sidebar = await harness.openTicket(await harness.asAgent('priya@northwind.test'), ticketId);
    await sidebar.getByRole('button', { name: 'Goodwill: $100 left today' }).click();
    await sidebar.getByRole('button', { name: 'Credit of $10 ($10)' }).click();
    await sidebar.getByText('Give Credit of $10 ($10) to Rosa Lindqvist?').waitFor();
    await sidebar.getByRole('textbox', { name: 'Why' }).fill('A birthday');
    await sidebar.getByRole('button', { name: 'Give Credit of $10' }).dblclick();
    await sidebar.getByRole('button', { name: 'Goodwill: $90 left today' }).waitFor();
    expect(await sidebar.getByText(/^Credit of \$10 \(\$10\) given by Priya Nair/).count()).toBe(1);
  });

  test('a denied tool is not shown, and a call of it answers 403', async () => {
    const { ticketId } = await aPaidTicket();
    const sidebar = await harness.openTicket(await harness.asAgent('priya@northwind.test'), ticketId);
    await sidebar.getByRole('button', { name: 'Other systems' }).click();
    await sidebar.getByRole('button', { name: 'Find account' }).waitFor();
    expect(await sidebar.getByRole('button', { name: 'Log files' }).count()).toBe(0);
    const { call } = await signIn(harness, 'priya@northwind.test');
    const ask = (tool: string, inputs: object) =>
      call('POST', `/tickets/${ticketId}/tools/${tool}/ask`, { inputs, dryRun: false });
    expect(await ask('account_search', { account: 'A-1001' })).toMatchObject({ status: 200 });
    expect(await ask('log_files', { account: 'A-1001' })).toMatchObject({ status: 403 });
  });

  test('a back office that is down leaves the rest of the sidebar, and is shown once it is back', async () => {
    const fault = (kind: string) =>
      fetch(`${harness.zendesk.url}/backoffice/fault`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ fault: kind }),
      });
    const { ticketId } = await aPaidTicket();
    await fault('error');
    const sidebar = await openRefund(await harness.asAgent('priya@northwind.test'), ticketId);
    await sidebar.getByRole('button', { name: 'Other systems' }).click();
    const again = sidebar.getByRole('button', { name: 'Try again: Account' });
    await again.waitFor();
    for (const card of [/^Refund up to/, /^Goodwill:/, /^The customer is not verified/, /^Escalate to/])
      expect(await sidebar.getByRole('button', { name: card }).first().isVisible()).toBe(true);
    await fault('none');
    await again.click();
    await sidebar.getByText('Customer since').waitFor();
  });

  test('a code typed wrong three times locks, also for the right one', async () => {
    const { ticketId, email } = await aPaidTicket();
    const sidebar = await harness.openTicket(await harness.asAgent('priya@northwind.test'), ticketId);
    await sidebar.getByRole('button', { name: 'The customer is not verified.' }).click();
    await sidebar.getByRole('button', { name: 'Verify by code' }).click();
    await sidebar.getByRole('button', { name: 'Send code' }).click();
    const code = await until('the code is mailed', () => {
      const [mail] = harness.zendesk.mail.list({ to: email });
      return /\b\d{6}\b/.exec(mail?.text ?? '')?.[0];
    });
    const wrong = code === '111111' ? '222222' : '111111';
    for (const said of ['Attempts left: 2.', 'Attempts left: 1.', /^Too many wrong attempts/]) {
      await sidebar.getByRole('textbox', { name: 'Code from the customer' }).fill(wrong);
      await sidebar.getByRole('button', { name: 'Check', exact: true }).click();
      await sidebar.getByText(said).waitFor();
    }
    expect(await sidebar.getByRole('button', { name: /^Verify by/ }).count()).toBe(0);
    const { call } = await signIn(harness, 'priya@northwind.test');
    expect(await call('PUT', `/tickets/${ticketId}/verification`, { code })).toMatchObject({ status: 409 });
  });
});
