import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { Agent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import express from 'express';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { inParallel } from '../../platform/do-each.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { invitations, responses, surveySubmissions } from '../tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { createSurveyRouter } from './create-survey-router.ts';

/** `SCANNER_ZOO_MAILS=1000` for the full run. */
const MAILS = Number(process.env.SCANNER_ZOO_MAILS ?? 8);
const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Mails that are visited at the same time. */
const AT_ONCE = 8;

let database: TestDatabase;
let server: Server;
/** Each request says when it is sent, so that mails are visited side by side, each on a clock of its own. */
const sentAt = new AsyncLocalStorage<number>();
const connections = new Agent({ keepAlive: true, maxSockets: 2 * AT_ONCE });
const troubles: unknown[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const policy = aPolicy();
  const logger = { error: (about: unknown) => troubles.push(about), warn: (about: unknown) => troubles.push(about) };
  const pages = express();
  pages.set('trust proxy', 1);
  pages.use((sent, _response, next) => sentAt.run(Number(sent.get('x-sent-at')), next));
  const clock = () => sentAt.getStore() ?? Number.NaN;
  pages.use(
    createSurveyRouter({
      db: database.db,
      policy: () => policy,
      clock,
      randomBytes,
      visitKey: Buffer.from('k'),
      logger,
    }),
  );
  server = await new Promise<Server>((resolve) => {
    const listening = pages.listen(0, '127.0.0.1', () => resolve(listening));
  });
});
afterAll(async () => {
  connections.destroy();
  server.close();
  await database.drop();
});
afterEach(() => database.clear());

interface Sent {
  readonly path: string;
  readonly method?: 'HEAD' | 'POST';
  readonly sender: Sender;
  readonly gesture?: boolean;
  readonly body?: Readonly<Record<string, string>>;
}

/** A visit to one mail, with what time it is for the visitor. */
interface Visit {
  readonly token: string;
  /** The mail's position. */
  readonly n: number;
  now: number;
}

/** As the program sends it: no header is added but those of the connection. */
function send({ now }: Visit, { path, method, sender, gesture = false, body }: Sent) {
  const { port } = server.address() as AddressInfo;
  const form = body && String(new URLSearchParams(body));
  const headers = {
    ...headersOf(sender, gesture),
    'x-sent-at': String(now),
    ...(form !== undefined && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(form)),
    }),
  };
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = request({ port, path, method: method ?? 'GET', headers, agent: connections }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
    });
    sending.on('error', reject).end(form);
  });
}

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const EDGE = `${CHROME} Edg/131.0.0.0`;

interface Sender {
  ip: string;
  agent: string;
  /** What browsers send and most programs do not. */
  isBrowser?: boolean;
}

const headersOf = ({ ip, agent, isBrowser = false }: Sender, gesture: boolean): Record<string, string> => ({
  'x-forwarded-for': ip,
  'user-agent': agent,
  ...(isBrowser ? { 'accept-language': 'en-US', 'sec-fetch-mode': 'navigate' } : {}),
  ...(isBrowser && gesture ? { 'sec-fetch-user': '?1' } : {}),
});

const open = async (visit: Visit, path: string, sender: Sender): Promise<string> =>
  (await send(visit, { path, sender, gesture: true })).text;

/** The fields of the form as it was opened. */
function fieldsOf(html: string): Record<string, string> {
  const form = /name="form" value="([\w-]+)"/.exec(html)?.[1] ?? '';
  const score = /value="(\d+)" checked/.exec(html)?.[1];
  return { form, used: '', more: '', comment: '', ...(score ? { score } : {}) };
}

const post = (visit: Visit, sender: Sender, body: Record<string, string>, gesture = false) =>
  send(visit, { path: `/s/${visit.token}`, method: 'POST', sender, body, gesture });

/** Each visits a mail, and does what scanners of its kind do. */
const SCANNERS: Record<string, (visit: Visit) => Promise<void>> = {
  /** Prefetches all links at once, with HEAD first, and sends the form of each. */
  'a gateway that opens every link': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `203.0.113.${n % 200}`, agent: CHROME };
    const links = [1, 2, 3, 4, 5].map((score) => `/s/${token}?score=${score}`);
    await Promise.all(links.map((path) => send(visit, { path, method: 'HEAD', sender })));
    const pages = await Promise.all([...links, `/u/${token}`].map((link) => open(visit, link, sender)));
    for (const page of pages.slice(0, 5)) await post(visit, sender, fieldsOf(page));
  },
  /** Runs pages, from another network for each link, and presses no key. */
  'a sandbox that runs pages': async (visit) => {
    const { token, n } = visit;
    for (const score of [1, 2, 3]) {
      const sender = { ip: `198.51.${n % 100}.${score}`, agent: EDGE, isBrowser: true };
      const page = await open(visit, `/s/${token}?score=${score}`, sender);
      visit.now += 2 * SECOND;
      await post(visit, sender, { ...fieldsOf(page), used: 'v1900.p0.t0.k0.c0.s1' });
    }
  },
  /** One link of the mail, for every customer from the same data centre. */
  'a checker that opens one link': async (visit) => {
    const { token } = visit;
    const sender = { ip: '192.0.2.7', agent: CHROME };
    const page = await open(visit, `/s/${token}?score=1`, sender);
    await post(visit, sender, { ...fieldsOf(page), score: '1' });
  },
  /** Follows whatever is on the page, and uses the mouse. */
  'a crawler with a mouse': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `192.0.2.${100 + (n % 50)}`, agent: CHROME, isBrowser: true };
    const page = await open(visit, `/s/${token}?score=2`, sender);
    const trap = /href="([^"]+\/more\?form=[^"]+)"/.exec(page)?.[1] ?? '';
    await open(visit, `/s/${trap}`, sender);
    visit.now += 4 * SECOND;
    await post(visit, sender, { ...fieldsOf(page), used: 'v4000.p9.t0.k0.c2.s1' }, true);
  },
  /** Its own retries fail: one form, sent again and again. More than a link's share of a minute. */
  'a gateway in a loop': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `198.18.${100 + (n % 100)}.1`, agent: CHROME };
    const fields = fieldsOf(await open(visit, `/s/${token}?score=2`, sender));
    for (let round = 0; round < 35; round += 1) await post(visit, sender, fields);
  },
  /** Runs the page and calls `form.submit()`: no pointer, no key, and none of the page's own handlers. */
  'a browser that sends by script': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `100.20.${n % 200}.4`, agent: CHROME, isBrowser: true };
    const page = await open(visit, `/s/${token}?score=2`, sender);
    visit.now += 20 * SECOND;
    await post(visit, sender, { ...fieldsOf(page), used: 'v12.p0.t0.k0.c0.s0.w0' });
  },
  /** Presses the button as a test tool does: one move, one press, in a browser that says it is steered. */
  'a browser that a program steers': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `100.30.${n % 200}.4`, agent: CHROME, isBrowser: true };
    const page = await open(visit, `/s/${token}?score=2`, sender);
    visit.now += 20 * SECOND;
    await post(visit, sender, { ...fieldsOf(page), used: 'v20000.p2.t0.k0.c1.s1.f19900.w1' }, true);
  },
  /** Opens each link from another network, as slowly as a person, with the headers of a browser. */
  'a fleet without script': async (visit) => {
    const { token, n } = visit;
    for (const score of [5, 4, 3, 2, 1]) {
      const sender = { ip: `100.${40 + score}.${n % 200}.4`, agent: CHROME, isBrowser: true };
      const page = await open(visit, `/s/${token}?score=${score}`, sender);
      visit.now += 12 * SECOND;
      await post(visit, sender, fieldsOf(page), true);
    }
  },
  /** The same with browsers that move a mouse. */
  'a fleet with mice': async (visit) => {
    const { token, n } = visit;
    for (const score of [1, 3, 2, 5, 4]) {
      const sender = { ip: `100.${50 + score}.${n % 200}.4`, agent: EDGE, isBrowser: true };
      const page = await open(visit, `/s/${token}?score=${score}`, sender);
      visit.now += 9 * SECOND;
      await post(visit, sender, { ...fieldsOf(page), used: 'v9000.p40.t0.k0.c2.s1.f2500.w0' }, true);
    }
  },
  /** Fills in every field. */
  'a fuzzer': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `198.18.0.${n % 200}`, agent: CHROME };
    const page = await open(visit, `/s/${token}?score=3`, sender);
    await post(visit, sender, { ...fieldsOf(page), comment: 'test', more: 'test' });
  },
};

interface Customer {
  token: string;
  /** Null: does not answer. */
  score: number | null;
  comment: string;
  /** The fleet with mice comes a quarter of an hour before, with the same browser, and is used in the same way. */
  isLikeFleet: boolean;
}

/** Every fifth does not answer, every third has no JavaScript, every second writes, every eighth has the browser of the fleet with mice. */
function customersOf(count: number): Customer[] {
  return Array.from({ length: count }, (_, n) => ({
    token: randomBytes(32).toString('base64url'),
    score: n % 5 === 4 ? null : (n % 5) + 1,
    comment: n % 2 === 0 ? `My answer ${n}` : '',
    isLikeFleet: n % 8 === 1,
  }));
}

/** What the customer sent last, so that a scanner can send it again. */
async function answer({ score, comment, isLikeFleet }: Customer, visit: Visit): Promise<Record<string, string>> {
  const { token, n } = visit;
  const sender = {
    ip: `81.2.${n % 250}.${Math.floor(n / 250) + 9}`,
    agent: isLikeFleet ? EDGE : n % 2 === 0 ? SAFARI : CHROME,
    isBrowser: true,
  };
  if (isLikeFleet) await SCANNERS['a fleet with mice']?.({ ...visit, now: visit.now - 15 * 60 * SECOND });
  // No customer is refused because of what scanners do (429).
  const opened = await send(visit, { path: `/s/${token}?score=${score}`, sender, gesture: true });
  expect(opened.status).toBe(200);
  visit.now += 12 * SECOND;
  const used = isLikeFleet ? 'v12000.p40.t0.k0.c2.s1.f2500.w0' : n % 3 === 2 ? '' : 'v12000.p0.t4.k0.c2.s1';
  const fields = { ...fieldsOf(opened.text), used, comment };
  expect((await post(visit, sender, fields, true)).status).toBe(303);
  return fields;
}

/** Returns when they have ended. */
async function scanAll(customers: readonly Customer[], at: number): Promise<number> {
  let now = at;
  for (const scan of Object.values(SCANNERS)) {
    await inParallel([...customers.entries()], AT_ONCE, ([n, { token }]) => scan({ token, n, now }));
    now += HOUR;
  }
  return now;
}

async function deliver(customers: readonly Customer[]): Promise<void> {
  const tokens = customers.map(({ token }) => token);
  for (const [n, token] of tokens.entries()) {
    const id = n + 1;
    await givenTicket(database.db, { id, requesterId: 1_000 + id });
    const expiresAt = new Date(MONDAY_NOON.getTime() + 14 * DAY);
    const asked = {
      ticketId: id,
      requesterId: 1_000 + id,
      recipient: `${id}@example.com`,
      sentAt: MONDAY_NOON,
      expiresAt,
    };
    await givenInvitation(database.db, { ...asked, state: 'sent', tokenHash: hashSurveyToken(token) });
  }
}

/** Score and words of each mail's answer. */
async function cleaned(customers: readonly Customer[]): Promise<(string | null)[]> {
  const { score, comment } = responses;
  const rows = await database.db
    .select({ ticketId: invitations.ticketId, score, comment })
    .from(invitations)
    .innerJoin(responses, eq(responses.invitationId, invitations.id));
  const byTicket = new Map(rows.map((row) => [row.ticketId, `${row.score} ${row.comment}`]));
  return customers.map((_, n) => byTicket.get(n + 1) ?? null);
}

test(
  'scanners before and after the customers change no answer and lose none',
  async () => {
    const customers = customersOf(MAILS);
    await deliver(customers);
    let now = (await scanAll(customers, MONDAY_NOON.getTime() + 5 * SECOND)) + HOUR;
    const forms: { customer: Customer; n: number; fields: Record<string, string> }[] = [];
    await inParallel([...customers.entries()], AT_ONCE, async ([n, customer]) => {
      if (customer.score === null) return;
      forms.push({ customer, n, fields: await answer(customer, { token: customer.token, n, now }) });
    });
    const expected = customers.map(({ score, comment }) => (score === null ? null : `${score} ${comment}`));
    expect(await cleaned(customers)).toEqual(expected);

    for (const wait of [30 * SECOND, HOUR, 2 * DAY]) {
      now += wait;
      // As it was, and with the words left out, as a rewritten form does.
      await inParallel(forms, AT_ONCE, async ({ customer: { token }, n, fields }) => {
        const elsewhere = { ip: `40.94.${n % 200}.${n % 7}`, agent: CHROME, isBrowser: true };
        await post({ token, n, now }, elsewhere, fields, true);
        await post({ token, n, now }, elsewhere, { ...fields, comment: '', score: '3' }, true);
      });
    }
    await scanAll(customers, now);
    expect(await cleaned(customers)).toEqual(expected);
    // Nothing was thrown away.
    const kept = await database.db.select({ verdict: surveySubmissions.verdict }).from(surveySubmissions);
    expect(kept.length).toBeGreaterThan(MAILS * 20);
    expect(troubles).toEqual([]);
  },
  600_000 + MAILS * 10_000,
);
