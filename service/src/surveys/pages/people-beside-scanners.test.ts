// What counts when a person and a program answer the same mail, one case after the other over HTTP. The zoo does the same with many at once.
import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
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
  type Sender,
  type SurveyPages,
  serveSurveyPages,
  trapIn,
  type Visit,
} from '../testing/visit-pages.ts';

let database: TestDatabase;
let pages: SurveyPages;
beforeAll(async () => {
  database = await createTestDatabase();
  pages = await serveSurveyPages(database);
});
afterAll(async () => {
  pages.stop();
  await database.drop();
});
afterEach(() => database.clear());

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0';
const PERSON: Sender = { ip: '81.2.3.9', agent: CHROME, isBrowser: true };
const NO_SCRIPT = '';
const MOUSE = 'v12000.p30.t0.k5.c2.s1.f3000.w0';
/** Elsewhere; without and with the headers of a browser. */
const PROGRAM: Sender = { ip: '203.0.113.9', agent: CHROME };
const BROWSER_ELSEWHERE: Sender = { ip: '203.0.113.9', agent: EDGE, isBrowser: true };
/** In the customer's own network, with the name of their browser. */
const GATEWAY: Sender = { ip: '81.2.3.77', agent: CHROME };

const link = ({ token }: Visit, score: number) => `/s/${token}?score=${score}`;

interface Answer {
  score: number;
  comment?: string;
  used?: string;
  from?: Sender;
  ms?: number;
}

async function person(visit: Visit, { score, comment = '', used = MOUSE, from = PERSON, ms = 12 * SECOND }: Answer) {
  const page = await pages.open(visit, link(visit, score), from);
  visit.now += ms;
  const fields = { ...fieldsOf(page), used, comment };
  await pages.post(visit, from, fields, true);
  return { page, fields };
}

/** Sends what the page shows, words included, if it fills in none. */
async function program(
  visit: Visit,
  { score, comment, used = NO_SCRIPT, from = PROGRAM, ms = 4 * SECOND }: Answer,
): Promise<void> {
  const page = await pages.open(visit, link(visit, score), from);
  visit.now += ms;
  const shown = /<textarea[^>]*>\n?([^<]*)<\/textarea>/.exec(page)?.[1] ?? '';
  await pages.post(visit, from, { ...fieldsOf(page), used, comment: comment ?? shown }, from.isBrowser === true);
}

async function crawl(visit: Visit, sender: Sender): Promise<void> {
  let page = '';
  for (const score of [1, 2, 3, 4, 5]) page = await pages.open(visit, link(visit, score), sender);
  await pages.open(visit, trapIn(page), sender);
}

/** All links, each from a network and with a browser of its own. */
async function changingBrowsers(visit: Visit): Promise<void> {
  const agents = [CHROME, EDGE, SAFARI, FIREFOX, CHROME.replace('131', '129')];
  for (const [n, agent] of agents.entries()) {
    await program(visit, { score: n + 1, from: { ip: `40.94.${n * 7}.${n}`, agent, isBrowser: true } });
    visit.now += 2 * SECOND;
  }
}

/** What each does, one after the other, and the score and words that count then. */
async function counted(run: (visit: Visit) => Promise<unknown>, at = HOUR): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  await givenMails(database, [token]);
  await run({ token, n: 0, now: MONDAY_NOON.getTime() + at });
  return (await answersByTicket(database)).get(1) ?? null;
}

describe('a program that fills in words', () => {
  const WORDS = { score: 2, comment: 'test' };
  test.each<[string, Answer, Answer, string]>([
    ['no browser, beside a customer without script', { ...WORDS }, { score: 5, used: NO_SCRIPT }, '5 '],
    ['no browser, at once', { ...WORDS, ms: 200 }, { score: 5, used: NO_SCRIPT }, '5 '],
    [
      'one that names itself',
      { ...WORDS, from: { ip: '203.0.113.9', agent: 'BarracudaSentinel (EE)' } },
      { score: 5, used: NO_SCRIPT },
      '5 ',
    ],
    ['no browser, beside a used page', { ...WORDS }, { score: 5 }, '5 '],
    ['a browser without script, beside a used page', { ...WORDS, from: BROWSER_ELSEWHERE }, { score: 5 }, '5 '],
    [
      'a browser without script, beside a used page with words',
      { ...WORDS, from: BROWSER_ELSEWHERE },
      { score: 5, comment: 'Great' },
      '5 Great',
    ],
  ])('changes no answer, before and after: %s', async (_who, words, customers, expected) => {
    const before = await counted(async (visit) => {
      await program(visit, words);
      visit.now += HOUR;
      await person(visit, customers);
    });
    await database.clear();
    const after = await counted(async (visit) => {
      await person(visit, customers);
      visit.now += HOUR;
      await program(visit, words);
    });
    expect({ before, after }).toEqual({ before: expected, after: expected });
  });

  test('changes nothing after a customer without script if its page runs and is not used', async () => {
    const answer = await counted(async (visit) => {
      await person(visit, { score: 5, used: NO_SCRIPT });
      visit.now += HOUR;
      await program(visit, { ...WORDS, from: BROWSER_ELSEWHERE, used: 'v3000.p0.t0.k0.c0.s1.w0' });
    });
    expect(answer).toBe('5 ');
  });
});

describe('a program in the network of the customer, named as their browser', () => {
  test.each<[string, Partial<Answer>]>([
    ['without headers of a browser', { from: GATEWAY, ms: 2 * SECOND }],
    ['with them', { from: { ...GATEWAY, isBrowser: true } }],
    ['that runs the page', { from: { ...GATEWAY, isBrowser: true }, used: 'v3000.p0.t0.k0.c0.s1.w0' }],
  ])('does not change a score by sending the words that the page shows: %s', async (_how, how) => {
    const answer = await counted(async (visit) => {
      await person(visit, { score: 2, comment: 'Slow' });
      visit.now += HOUR;
      await program(visit, { score: 5, ...how });
    });
    expect(answer).toBe('2 Slow');
  });

  test('changes no answer without script either', async () => {
    const answer = await counted(async (visit) => {
      await person(visit, { score: 2, used: NO_SCRIPT });
      visit.now += HOUR;
      await program(visit, { score: 5, from: GATEWAY, ms: 2 * SECOND });
    });
    expect(answer).toBe('2 ');
  });

  test.each<[string, Answer, string]>([
    ['a used page', { score: 4 }, '4 '],
    ['words', { score: 4, comment: 'Nice', used: NO_SCRIPT }, '4 Nice'],
    ['neither', { score: 4, used: NO_SCRIPT }, '4 '],
  ])('takes no answer away by opening all links afterwards: %s', async (_what, customers, expected) => {
    const answer = await counted(async (visit) => {
      await person(visit, { ...customers, ms: 8 * SECOND });
      visit.now += 20 * SECOND;
      await crawl(visit, GATEWAY);
    });
    expect(answer).toBe(expected);
  });

  test('takes no answer away by having opened all links half a minute before', async () => {
    const answer = await counted(async (visit) => {
      await crawl(visit, GATEWAY);
      visit.now += 30 * SECOND;
      await person(visit, { score: 4, ms: 8 * SECOND });
    }, 20 * SECOND);
    expect(answer).toBe('4 ');
  });
});

describe('the link that no person sees', () => {
  test.each<[string, (visit: Visit) => Promise<void>]>([
    [
      'by a gateway, while the customer writes',
      async (visit) => {
        const page = await pages.open(visit, link(visit, 2), PERSON);
        await pages.open(visit, trapIn(page), PROGRAM);
        visit.now += 12 * SECOND;
        await pages.post(visit, PERSON, { ...fieldsOf(page), used: MOUSE, comment: 'Slow' }, true);
      },
    ],
    [
      'by a gateway, a day later',
      async (visit) => {
        const { page } = await person(visit, { score: 2, comment: 'Slow' });
        visit.now += DAY;
        await pages.send(visit, { path: trapIn(page), method: 'HEAD', sender: PROGRAM });
      },
    ],
    [
      'by the customer’s own browser, in advance',
      async (visit) => {
        const page = await pages.open(visit, link(visit, 2), PERSON);
        await pages.open(visit, trapIn(page), PERSON);
        visit.now += 12 * SECOND;
        await pages.post(visit, PERSON, { ...fieldsOf(page), used: MOUSE, comment: 'Slow' }, true);
      },
    ],
  ])('costs no customer their answer if it is followed %s', async (_how, run) => {
    expect(await counted(run)).toBe('2 Slow');
  });
});

describe('forms of all links from other networks and other browsers within half a minute', () => {
  test('give no answer', async () => {
    expect(await counted(changingBrowsers)).toBeNull();
  });

  test('change none', async () => {
    const answer = await counted(async (visit) => {
      await changingBrowsers(visit);
      visit.now += HOUR;
      await person(visit, { score: 4, used: NO_SCRIPT });
    });
    expect(answer).toBe('4 ');
  });
});
