// Measures how long an agent takes for a small refund by keyboard, from the open ticket until the card shows the refund, and what of it is waiting.
import { loadavg } from 'node:os';
import { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } from '@deskwright/local-zendesk';
import { keep, sized, verdict } from './part.js';
import { quantile, skipWithoutBrowser, startSidebar } from './sidebar/start.js';

/** In milliseconds: what we promise. */
const AIM_P95 = 5_000;
/** Of a person who types 60 words a minute, in milliseconds from key to key. */
const KEY_MS = 200;
/** For the question, in milliseconds. */
const READING_MS = 1_000;
/** With those before, within what Priya may refund in a day. */
const REFUNDS = sized(20, 2);
const WARM_UP = sized(3, 0);

skipWithoutBrowser();
const { zendesk, settled, aPage, stop } = await startSidebar({
  backlog: 0,
  env: ({ url }) => ({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_BASE_URL: url }),
});
try {
  const tickets = Array.from({ length: REFUNDS + WARM_UP }, (_, number) => aPaidTicket(number));
  await settled();
  const page = await aPage();
  const [load = 0] = loadavg();
  const made = [];
  for (const id of tickets) made.push(await refund(page, id));

  const warm = made.slice(WARM_UP);
  const all = warm.map(({ took }) => took);
  const waits = warm.map(({ took, acting }) => took - acting);
  const at = (times, share) => `${(quantile(times, share) / 1_000).toFixed(2)} s`;
  console.log(`A small refund by keyboard: ${REFUNDS} tickets one after another, load ${load.toFixed(1)} before`);
  console.log(
    `  ${KEY_MS} ms a key and ${READING_MS} ms for the question are the agent's: ${at(
      warm.map(({ acting }) => acting),
      0.5,
    )}`,
  );
  console.log(`  from the first key to the refund on the card: p50 ${at(all, 0.5)}, p95 ${at(all, 0.95)}`);
  console.log(`  of which waiting for Deskwright and Stripe:   p50 ${at(waits, 0.5)}, p95 ${at(waits, 0.95)}`);
  const p95 = quantile(all, 0.95);
  console.log(`  aim: p95 at most ${AIM_P95 / 1_000} s: ${verdict(p95 <= AIM_P95)}`);
  const acting = warm.reduce((sum, one) => sum + one.acting, 0);
  const took = all.reduce((sum, one) => sum + one, 0);
  keep({ ratios: { 'share of the time that is the agent’s': acting / took }, figures: { 'p95 in ms': p95 } });
} finally {
  await stop();
}

/** A ticket about money, of a customer with one payment of $80 by card. @param {number} number @returns {number} its id */
function aPaidTicket(number) {
  const { account, stripe } = zendesk;
  const email = `payer${number}@mail.test`;
  const customer = stripe.account.addCustomer({ email }).id;
  stripe.account.addCharge({ amount: 8_000, currency: 'usd', customer, description: 'Tent' });
  const user = account.users.create(
    { name: 'Rosa Lindqvist', email, role: 'end-user', verified: true },
    { id: account.ownerId },
  );
  if (!user.ok) throw new Error('The local Zendesk refused a customer.');
  const opened = account.tickets.create(
    {
      subject: 'Tent',
      comment: { body: 'I want my money back.', public: true },
      requester_id: user.value.id,
    },
    { id: user.value.id, channel: 'email' },
  );
  if (!opened.ok) throw new Error('The local Zendesk refused a ticket.');
  return opened.value.ticket.id;
}

/**
 * Nine keys: `r` opens the card, then 5, Tab, Late, Enter, and Enter again on the question.
 * @param {import('playwright-core').Page} page
 * @param {number} id of the ticket
 * @returns {Promise<{ took: number, acting: number }>} milliseconds; `acting`: the agent's own
 */
async function refund(page, id) {
  await page.goto(`${zendesk.url}/agent/tickets/${id}`);
  const sidebar = page.frameLocator('iframe[title*="Deskwright"]');
  await sidebar.getByRole('heading', { name: 'What to do' }).click();
  await sidebar.getByRole('button', { name: /^Refund up to/ }).waitFor();
  const started = performance.now();
  let acting = 0;
  const act = async (keys) => {
    for (const key of keys) {
      await page.waitForTimeout(KEY_MS);
      await page.keyboard.press(key);
      acting += KEY_MS;
    }
  };
  await act(['r']);
  await sidebar.locator('input[name="amount"]:focus').waitFor();
  await act(['5', 'Tab', 'L', 'a', 't', 'e', 'Enter']);
  await sidebar.getByText(/^Refund \$5 to Visa/).waitFor();
  await page.waitForTimeout(READING_MS);
  acting += READING_MS;
  await act(['Enter']);
  await sidebar.getByText(/\$5 to Visa .* by Priya Nair/).waitFor();
  return { took: performance.now() - started, acting };
}
