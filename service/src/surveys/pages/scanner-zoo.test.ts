import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { inParallel } from '../../platform/do-each.ts';
import { surveySubmissions } from '../tables.ts';
import { MONDAY_NOON } from '../testing/survey-fixtures.ts';
import {
  answersByTicket,
  CHROME,
  DAY,
  EDGE,
  fieldsOf,
  givenMails,
  HOUR,
  SAFARI,
  SECOND,
  type SurveyPages,
  serveSurveyPages,
  trapIn,
  type Visit,
} from '../testing/visit-pages.ts';

/** `SCANNER_ZOO_MAILS=1000` for the full run. */
const MAILS = Number(process.env.SCANNER_ZOO_MAILS ?? 8);

/** Mails that are visited at the same time. */
const AT_ONCE = 8;

let database: TestDatabase;
let pages: SurveyPages;
const troubles: unknown[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  pages = await serveSurveyPages(database, AT_ONCE, troubles);
});
afterAll(async () => {
  pages.stop();
  await database.drop();
});
afterEach(() => database.clear());

/** Each visits a mail, and does what scanners of its kind do. */
const SCANNERS: Record<string, (visit: Visit) => Promise<void>> = {
  /** Prefetches all links at once, with HEAD first, and sends the form of each. */
  'a gateway that opens every link': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `203.0.113.${n % 200}`, agent: CHROME };
    const links = [1, 2, 3, 4, 5].map((score) => `/s/${token}?score=${score}`);
    await Promise.all(links.map((path) => pages.send(visit, { path, method: 'HEAD', sender })));
    const opened = await Promise.all([...links, `/u/${token}`].map((link) => pages.open(visit, link, sender)));
    for (const page of opened.slice(0, 5)) await pages.post(visit, sender, fieldsOf(page));
  },
  /** Runs pages, from another network for each link, and presses no key. */
  'a sandbox that runs pages': async (visit) => {
    const { token, n } = visit;
    for (const score of [1, 2, 3]) {
      const sender = { ip: `198.51.${n % 100}.${score}`, agent: EDGE, isBrowser: true };
      const page = await pages.open(visit, `/s/${token}?score=${score}`, sender);
      visit.now += 2 * SECOND;
      await pages.post(visit, sender, { ...fieldsOf(page), used: 'v1900.p0.t0.k0.c0.s1' });
    }
  },
  /** One link of the mail, for every customer from the same data centre. */
  'a checker that opens one link': async (visit) => {
    const { token } = visit;
    const sender = { ip: '192.0.2.7', agent: CHROME };
    const page = await pages.open(visit, `/s/${token}?score=1`, sender);
    await pages.post(visit, sender, { ...fieldsOf(page), score: '1' });
  },
  /** Follows whatever is on the page, and uses the mouse. */
  'a crawler with a mouse': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `192.0.2.${100 + (n % 50)}`, agent: CHROME, isBrowser: true };
    const page = await pages.open(visit, `/s/${token}?score=2`, sender);
    await pages.open(visit, trapIn(page), sender);
    visit.now += 4 * SECOND;
    await pages.post(visit, sender, { ...fieldsOf(page), used: 'v4000.p9.t0.k0.c2.s1' }, true);
  },
  /** Its own retries fail: one form, sent again and again. More than a link's share of a minute. */
  'a gateway in a loop': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `198.18.${100 + (n % 100)}.1`, agent: CHROME };
    const fields = fieldsOf(await pages.open(visit, `/s/${token}?score=2`, sender));
    for (let round = 0; round < 35; round += 1) await pages.post(visit, sender, fields);
  },
  /** Runs the page and calls `form.submit()`: no pointer, no key, and none of the page's own handlers. */
  'a browser that sends by script': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `100.20.${n % 200}.4`, agent: CHROME, isBrowser: true };
    const page = await pages.open(visit, `/s/${token}?score=2`, sender);
    visit.now += 20 * SECOND;
    await pages.post(visit, sender, { ...fieldsOf(page), used: 'v12.p0.t0.k0.c0.s0.w0' });
  },
  /** Presses the button as a test tool does: one move, one press, in a browser that says it is steered. */
  'a browser that a program steers': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `100.30.${n % 200}.4`, agent: CHROME, isBrowser: true };
    const page = await pages.open(visit, `/s/${token}?score=2`, sender);
    visit.now += 20 * SECOND;
    await pages.post(visit, sender, { ...fieldsOf(page), used: 'v20000.p2.t0.k0.c1.s1.f19900.w1' }, true);
  },
  /** Opens each link from another network, as slowly as a person, with the headers of a browser. */
  'a fleet without script': async (visit) => {
    const { token, n } = visit;
    for (const score of [5, 4, 3, 2, 1]) {
      const sender = { ip: `100.${40 + score}.${n % 200}.4`, agent: CHROME, isBrowser: true };
      const page = await pages.open(visit, `/s/${token}?score=${score}`, sender);
      visit.now += 12 * SECOND;
      await pages.post(visit, sender, fieldsOf(page), true);
    }
  },
  /** The same with browsers that move a mouse. */
  'a fleet with mice': async (visit) => {
    const { token, n } = visit;
    for (const score of [1, 3, 2, 5, 4]) {
      const sender = { ip: `100.${50 + score}.${n % 200}.4`, agent: EDGE, isBrowser: true };
      const page = await pages.open(visit, `/s/${token}?score=${score}`, sender);
      visit.now += 9 * SECOND;
      await pages.post(visit, sender, { ...fieldsOf(page), used: 'v9000.p40.t0.k0.c2.s1.f2500.w0' }, true);
    }
  },
  /** Fills in every field. */
  'a fuzzer': async (visit) => {
    const { token, n } = visit;
    const sender = { ip: `198.18.0.${n % 200}`, agent: CHROME };
    const page = await pages.open(visit, `/s/${token}?score=3`, sender);
    await pages.post(visit, sender, { ...fieldsOf(page), comment: 'test', more: 'test' });
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
  const opened = await pages.send(visit, { path: `/s/${token}?score=${score}`, sender, gesture: true });
  expect(opened.status).toBe(200);
  visit.now += 12 * SECOND;
  const used = isLikeFleet ? 'v12000.p40.t0.k0.c2.s1.f2500.w0' : n % 3 === 2 ? '' : 'v12000.p0.t4.k0.c2.s1';
  const fields = { ...fieldsOf(opened.text), used, comment };
  expect((await pages.post(visit, sender, fields, true)).status).toBe(303);
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

test(
  'scanners before and after the customers change no answer and lose none',
  async () => {
    const customers = customersOf(MAILS);
    await givenMails(
      database,
      customers.map(({ token }) => token),
    );
    let now = (await scanAll(customers, MONDAY_NOON.getTime() + 5 * SECOND)) + HOUR;
    const forms: { customer: Customer; n: number; fields: Record<string, string> }[] = [];
    await inParallel([...customers.entries()], AT_ONCE, async ([n, customer]) => {
      if (customer.score === null) return;
      forms.push({ customer, n, fields: await answer(customer, { token: customer.token, n, now }) });
    });
    const cleaned = async () => {
      const answers = await answersByTicket(database);
      return customers.map((_, n) => answers.get(n + 1) ?? null);
    };
    const expected = customers.map(({ score, comment }) => (score === null ? null : `${score} ${comment}`));
    expect(await cleaned()).toEqual(expected);

    for (const wait of [30 * SECOND, HOUR, 2 * DAY]) {
      now += wait;
      // As it was, and with the words left out, as a rewritten form does.
      await inParallel(forms, AT_ONCE, async ({ customer: { token }, n, fields }) => {
        const elsewhere = { ip: `40.94.${n % 200}.${n % 7}`, agent: CHROME, isBrowser: true };
        await pages.post({ token, n, now }, elsewhere, fields, true);
        await pages.post({ token, n, now }, elsewhere, { ...fields, comment: '', score: '3' }, true);
      });
    }
    await scanAll(customers, now);
    expect(await cleaned()).toEqual(expected);
    // Nothing was thrown away.
    const kept = await database.db.select({ verdict: surveySubmissions.verdict }).from(surveySubmissions);
    expect(kept.length).toBeGreaterThan(MAILS * 20);
    expect(troubles).toEqual([]);
  },
  600_000 + MAILS * 10_000,
);
