// Measures how soon an event is on 500 open dashboards, and how many computations that takes.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startWithApp } from './built-service.js';
import { keep, sized, verdict } from './part.js';

const VIEWERS = sized(500, 20);
/** Of which this many have a stream each at most. */
const STREAMS_OF_ONE = 20;
const EVENTS = sized(60, 3);
const PER_SECOND = sized(2, 10);
const BACKLOG = sized(200, 5);
/** From the event in Zendesk to each browser, in milliseconds: what we promise. */
const AIM_P95 = 1_000;
const OPERATOR_TOKEN = 'operator-token-of-the-bench';
/** After the last event. */
const CATCH_UP_MS = 120_000;

const [load = 0] = loadavg();
const { zendesk, service } = await startWithApp({ backlog: BACKLOG, env: () => ({ OPERATOR_TOKEN }) });
const viewers = fork(fileURLToPath(new URL('dashboard/viewers.js', import.meta.url)));
try {
  await run();
} finally {
  viewers.disconnect();
  await once(viewers, 'exit');
  service.child.kill('SIGTERM');
  await service.ended;
  await zendesk.stop();
}

async function run() {
  const customer = granted(
    zendesk.account.users.create(
      { name: 'Ida', email: 'ida@customer.test', role: 'end-user', verified: true },
      { id: -1 },
    ),
  );
  await quiet();
  const agents = Array.from({ length: Math.ceil(VIEWERS / STREAMS_OF_ONE) }, (_, n) =>
    granted(
      zendesk.account.users.create(
        { name: `Agent ${n}`, email: `agent${n}@northwind.test`, role: 'agent', verified: true },
        { id: -1 },
      ),
    ),
  );
  const tokens = await Promise.all(agents.map(signIn));
  viewers.send({ start: { url: service.url, tokens, viewers: VIEWERS } });
  await once(viewers, 'message');
  await sleep(sized(3_000, 200));
  const before = Math.max(...(await report()).seen.map(({ waiting }) => waiting));
  const computedBefore = await computations();

  /** When each event happened; the customer of the n-th makes `before + n + 1` waiting. @type {number[]} */
  const happened = [];
  const began = Date.now();
  for (let n = 0; n < EVENTS; n++) {
    const dueAt = began + (n * 1_000) / PER_SECOND;
    if (dueAt > Date.now()) await sleep(dueAt - Date.now());
    happened.push(Date.now());
    granted(
      zendesk.account.tickets.create(
        { subject: `Order ${n}`, comment: { body: 'Where is my parcel?', public: true }, requester_id: customer.id },
        { id: customer.id, channel: 'email' },
      ),
    );
  }
  const { delays, missing, events } = await seenBy(happened, before);
  const computed = (await computations()) - computedBefore;
  const at = (/** @type {number} */ share) => delays[Math.floor((delays.length - 1) * share)] ?? 0;
  const p95 = at(0.95);
  console.log(
    `${VIEWERS} open dashboards, ${EVENTS} new tickets at ${PER_SECOND}/s (load ${load.toFixed(1)} before, ${availableParallelism()} processors)`,
  );
  console.log(
    `  from the event in Zendesk to the browser: p50 ${at(0.5)} ms, p95 ${p95} ms, longest ${at(1)} ms (aim ${AIM_P95}: ${verdict(p95 <= AIM_P95)})`,
  );
  console.log(`  never shown: ${missing} of ${VIEWERS * EVENTS}`);
  console.log(
    `  ${computed} computations told ${events} times; one for each viewer and change would be ${Math.round(events / Math.max(1, computed))} times as many`,
  );
  if (missing > 0) process.exitCode = 1;
  keep({ ratios: { 'dashboards told a computation': events / Math.max(1, computed) }, figures: { 'p95 in ms': p95 } });
}

/** On a busy machine Zendesk may not be asked in time who signs in; the page says so (503), and to open it again. */
const SIGN_IN_TRIES = 10;

/** As Zendesk opens the app for an agent. */
async function signIn(agent, tries = SIGN_IN_TRIES) {
  const frame = zendesk.apps.at('nav_bar', agent)[0];
  if (!frame) throw new Error('The app has no place in the navigation bar');
  const token = await zendesk.apps.sign(frame, agent, { product: 'support', location: 'nav_bar' });
  const page = await fetch(frame.url, { method: 'POST', body: new URLSearchParams({ token }) });
  if (page.status === 503 && tries > 1) return signIn(agent, tries - 1);
  const session = /id="deskwright-session">(.*?)<\/script>/s.exec(await page.text())?.[1];
  if (session === undefined) throw new Error(`The dashboard answered ${page.status}`);
  return `Bearer ${JSON.parse(session).accessToken}`;
}

/** Until the backlog is decided, and its webhooks are through. */
async function quiet() {
  const open = () => zendesk.account.tickets.list().filter(({ status }) => !['solved', 'closed'].includes(status));
  while (!open().every(({ tags }) => tags.some((tag) => tag.startsWith('category__')))) await sleep(200);
  await sleep(sized(5_000, 500));
}

/** @returns {Promise<{ seen: import('./dashboard/viewers.js').Seen[], events: number }>} */
async function report() {
  viewers.send({ report: true });
  const [message] = await once(viewers, 'message');
  return message;
}

/** @param {readonly number[]} happened @param {number} before */
async function seenBy(happened, before) {
  /** By viewer and event, when it was first shown. @type {Map<string, number>} */
  const first = new Map();
  let events = 0;
  const deadline = Date.now() + CATCH_UP_MS;
  while (first.size < VIEWERS * happened.length && Date.now() < deadline) {
    await sleep(200);
    const reported = await report();
    events += reported.events;
    for (const { viewer, waiting, at } of reported.seen)
      for (let n = Math.min(happened.length, waiting - before) - 1; n >= 0; n--) {
        const key = `${viewer} ${n}`;
        if (first.has(key)) break;
        first.set(key, at);
      }
  }
  const delays = [...first].map(([key, at]) => at - happened[Number(key.split(' ')[1])]);
  return { delays: delays.toSorted((a, b) => a - b), missing: VIEWERS * happened.length - first.size, events };
}

async function computations() {
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } });
  return Number(/^deskwright_dashboard_compute_seconds_count (\d+)/m.exec(await response.text())?.[1]);
}

/** @template T @param {{ ok: boolean, value?: T }} result @returns {T} */
function granted(result) {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result));
  return result.value;
}
