// Measures how many calls of Zendesk one ticket costs, and the time from the event to the updated ticket.
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import { CLIENT, freePort, startService } from './built-service.js';
import { keep, sized } from './part.js';

/** One by one, slower than the write budget of 60 a minute: each ticket gets a PUT of its own. */
const SINGLES = sized(40, 3);
const EVERY_MS = sized(1_100, 100);
/** A read and three writes: see `measureRival`. */
const RIVAL_CALLS = 4;
/** All at once: bulk jobs. */
const BURST = sized(400, 20);
const SETTLE_MS = sized(2_000, 200);

const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, limits: { ticketUpdates: 100_000 } });
const service = await startService(zendesk, await freePort());
try {
  const customer = granted(
    zendesk.account.users.create(
      { name: 'Ida', email: 'ida@customer.test', role: 'end-user', verified: true },
      { id: -1 },
    ),
  );
  const updatedAt = new Map();
  zendesk.account.onTicketChange(({ after }) => {
    if (!updatedAt.has(after.id) && after.tags.some((tag) => tag.startsWith('category__')))
      updatedAt.set(after.id, performance.now());
  });
  const open = (n) => {
    const { id } = granted(
      zendesk.account.tickets.create(
        {
          subject: `Order ${n}`,
          comment: { body: 'I want my money back for the boots', public: true },
          requester_id: customer.id,
        },
        { id: customer.id, channel: 'email' },
      ),
    ).ticket;
    return { id, openedAt: performance.now() };
  };
  const settled = async (tickets) => {
    const deadline = Date.now() + 180_000;
    while (tickets.some(({ id }) => !updatedAt.has(id))) {
      if (Date.now() > deadline) throw new Error('Some tickets were not updated within three minutes');
      await sleep(50);
    }
    await sleep(SETTLE_MS);
    return tickets.map(({ id, openedAt }) => updatedAt.get(id) - openedAt).toSorted((a, b) => a - b);
  };

  const single = await measure('new tickets one by one', async () => {
    const tickets = [];
    for (let n = 0; n < SINGLES; n++) {
      tickets.push(open(n));
      await sleep(EVERY_MS);
    }
    return settled(tickets);
  });
  const burst = await measure('a burst of new tickets', () =>
    settled(Array.from({ length: BURST }, (_, n) => open(n))),
  );
  await measureRival(SINGLES);
  keep({
    ratios: { 'calls a ticket, rival against ours': RIVAL_CALLS / single.calls },
    figures: {
      'p95 in ms, one by one': single.p95,
      'p95 in ms, a burst': burst.p95,
      'calls a ticket in a burst': burst.calls,
    },
  });

  async function measure(what, run) {
    const before = await calls();
    const times = await run();
    const after = await calls();
    const spent = (method) => (after[method] - before[method]) / times.length;
    const [reads, writes] = [spent('GET'), spent('PUT') + spent('POST')];
    print(`${what} (${times.length})`, reads, writes, times);
    return { calls: reads + writes, p95: percentile(times, 0.95) };
  }

  /** What a script without a projection does for a webhook: read the ticket, then write tags, group and note separately. */
  async function measureRival(count) {
    const token = await login();
    const times = [];
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const call = async (method, path, body) => {
      const response = await fetch(`${zendesk.url}/api/v2${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
      return response.json();
    };
    const group = zendesk.account.groups.list()[0].id;
    for (let n = 0; n < count; n++) {
      const { id, openedAt } = open(n);
      await call('GET', `/tickets/${id}`);
      await call('PUT', `/tickets/${id}/tags`, { tags: ['rival__refunds', 'rival__t1'] });
      await call('PUT', `/tickets/${id}`, { ticket: { group_id: group } });
      await call('PUT', `/tickets/${id}`, { ticket: { comment: { body: 'Because.', public: false } } });
      times.push(performance.now() - openedAt);
    }
    print(
      `rival: read, tags, group, note, called in turn (${count})`,
      RIVAL_CALLS - 3,
      3,
      times.toSorted((a, b) => a - b),
    );
  }
} finally {
  service.child.kill('SIGTERM');
  await service.ended;
  await zendesk.stop();
}

/**
 * @template T
 * @param {{ ok: true, value: T } | { ok: false, refusal: unknown }} result
 * @returns {T}
 */
function granted(result) {
  if (!result.ok) throw new Error(`The local Zendesk refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/**
 * @param {number[]} times sorted
 * @param {number} share
 */
function percentile(times, share) {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))];
}

function print(what, reads, writes, times) {
  const at = (share) => `${percentile(times, share).toFixed(0)} ms`;
  console.log(what);
  console.log(`  calls per ticket: ${writes.toFixed(2)} writes, ${reads.toFixed(2)} reads`);
  console.log(`  opened to updated: p50 ${at(0.5)}, p95 ${at(0.95)}\n`);
}

/** Calls of the ticket endpoints so far, by method, as the service's own metrics count them. Job statuses are reads; logins and exports are not of one ticket. */
async function calls() {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const counted = { GET: 0, PUT: 0, POST: 0 };
  for (const line of text.split('\n')) {
    const [, method, route, value] =
      /^deskwright_zendesk_calls_total\{method="(\w+)",route="([^"]+)",.*\} (\d+)$/.exec(line) ?? [];
    if (method && /\/(?:tickets|job_statuses)/.test(route) && !route.includes('incremental'))
      counted[method] += Number(value);
  }
  return counted;
}

async function login() {
  const response = await fetch(`${zendesk.url}/oauth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      scope: 'read write',
    }),
  });
  return (await response.json()).access_token;
}
