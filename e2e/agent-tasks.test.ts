import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../service/testing/start-harness.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SidebarHarness, startSidebarHarness } from './sidebar-harness.ts';

/** What an agent does all day costs at most this many clicks, none of them after scrolling. */
describeInBrowser("an agent's ten usual tasks at 1440x900", () => {
  let browser: Browser;
  let harness: SidebarHarness;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    harness = await startSidebarHarness(browser);
    await harness.aTicket({ subject: 'Earlier', message: 'Please send me my invoice.' });
    page = await harness.asAgent('priya@northwind.test');
    await page.setViewportSize({ width: 1440, height: 900 });
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
  });

  let clicks: number;
  let scrolled: string[];
  let sidebar: FrameLocator;
  beforeEach(async () => {
    const { account } = harness.zendesk;
    const id = await harness.aTicket({ subject: 'Tent', message: 'I want my money back, or you hear from my lawyer.' });
    const customer = account.tickets.find(id)!.requester_id;
    const say = (body: string, by: number) =>
      expect(account.tickets.update(id, { comment: { body, public: true } }, { id: by }).ok).toBe(true);
    say('I will get back to you by Monday.', account.ownerId);
    say('Please hurry.', customer);
    sidebar = await harness.openTicket(page, id);
    await sidebar.getByText(/get back to you by Monday/).waitFor();
    await sidebar.getByText(/^Next oldest: #\d+/).waitFor();
    clicks = 0;
    scrolled = [];
  });

  /** Whether the whole element is on the screen without scrolling, as far as the window is concerned. */
  const look = async (element: Locator) => {
    const box = await element.boundingBox();
    if (box === null || box.y < 0 || box.y + box.height > 900) scrolled.push(await element.innerText());
  };
  const click = async (element: Locator) => {
    await element.waitFor();
    await look(element);
    await element.click();
    clicks += 1;
  };
  const button = (name: string | RegExp) => sidebar.getByRole('button', { name, exact: true }).first();
  const answerAll = async (form: Locator) => {
    const fields = form.getByRole('textbox');
    for (let n = 0; n < (await fields.count()); n++) await fields.nth(n).fill(`Answer ${n}`);
  };

  const tasks: [task: string, atMost: number, work: () => Promise<void>][] = [
    [
      'sees the wait, the open promise and the refund limit',
      0,
      async () => {
        await look(sidebar.getByText(/waiting|answered/).first());
        await look(sidebar.getByText(/get back to you by Monday/));
        await look(sidebar.getByText(/Refund up to \$50/).first());
      },
    ],
    [
      'reads why the ticket is in its category',
      1,
      async () => {
        await click(button('Why'));
        await look(sidebar.getByText(/Asks for money back/).first());
      },
    ],
    [
      'inserts the wording of the first step',
      1,
      async () => {
        await click(button(/^Insert into reply/));
        const reply = page.getByRole('textbox', { name: /reply|text|comment/i }).first();
        await until('the reply holds it', async () => (await reply.inputValue()).includes('Hi Rosa,'));
      },
    ],
    [
      'ticks a step',
      1,
      async () => {
        await click(sidebar.locator('label').filter({ hasText: 'Find the order' }).first());
        await sidebar.getByText(/1 of \d/).waitFor();
      },
    ],
    [
      'escalates',
      3,
      async () => {
        await click(button('Escalate to Tier 2'));
        const form = sidebar.getByRole('form', { name: 'Escalate to Tier 2' });
        await answerAll(form);
        await click(form.getByRole('button', { name: 'Continue' }));
        await click(form.getByRole('button', { name: 'Move ticket' }));
        await button('Hand back to Tier 1').waitFor();
      },
    ],
    [
      'hands off to a department',
      4,
      async () => {
        await click(button('Hand off'));
        await click(button('Hand off to Warehouse'));
        const form = sidebar.getByRole('form', { name: 'Hand off to Warehouse' });
        await answerAll(form);
        await click(form.getByRole('button', { name: 'Continue' }));
        await click(form.getByRole('button', { name: 'Move ticket' }));
        await button('Hand back to Tier 1').waitFor();
      },
    ],
    [
      'records a refund',
      2,
      async () => {
        await click(sidebar.getByText(/Refund up to \$50/).first());
        await sidebar.getByLabel(/^Amount/).fill('12.50');
        await sidebar.getByLabel('Reason', { exact: true }).fill('The tent leaks');
        await click(button(/^Record refund/));
        await sidebar.getByText(/\$12\.50 refunded by/).waitFor();
      },
    ],
    [
      'takes a changed category back',
      3,
      async () => {
        await click(button('Change category'));
        await sidebar.getByLabel('This ticket is about').selectOption('delivery');
        await click(button('Change'));
        await click(button('Undo'));
        await sidebar.getByRole('heading', { name: /Refunds/, level: 2 }).waitFor();
      },
    ],
    [
      'sees the other tickets of the customer',
      0,
      async () => look(sidebar.getByText(/other open ticket|no other/i).first()),
    ],
    [
      'goes to the next oldest ticket',
      1,
      async () => {
        const next = sidebar.getByText(/^Next oldest: #\d+/);
        const [, id] = /#(\d+)/.exec(await next.innerText())!;
        await click(next);
        await page.waitForURL(`**/agent/tickets/${id}*`);
      },
    ],
  ];

  test.each(tasks)('%s with at most %i clicks', async (_task, atMost, work) => {
    await work();
    expect(scrolled).toEqual([]);
    expect(clicks).toBeLessThanOrEqual(atMost);
  });
});
