import fc from 'fast-check';
import { gatherPlainly } from '../testing/gather-plainly.ts';
import { chooseAnswer } from './choose-answer.ts';
import { type Opening, type Submission, visitorOf } from './evidence.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { isByProgram, isPageUsed, judge } from './judge.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 12, minute));
const FORM = 'the form';
const USED = { visibleMs: 9_000, pointer: 0, touches: 3, keys: 0, clicks: 1 };

function aSubmission(id: number, parts: Partial<Submission>): Submission {
  const visit = { network: 'home', agent: 'phone', agentKind: 'browser', unlikeBrowser: false, gesture: true } as const;
  return {
    id,
    at: at(id),
    form: FORM,
    step: null,
    score: 9,
    comment: '',
    signals: null,
    trapFilled: false,
    times: 1,
    ...visit,
    ...parts,
  };
}

function answerOf(openings: readonly Opening[], submissions: readonly Submission[]): number | undefined {
  const gathered = gatherEvidence({ sentAt: null, openings, submissions, crowds: new Map() });
  const judged = submissions.flatMap((of, index) => {
    const evidence = gathered[index];
    if (!evidence) return [];
    const { resubmission, ownWords } = evidence;
    const used = isPageUsed(of.signals);
    const judgement = judge(evidence);
    const byProgram = isByProgram(judgement.reasons);
    return [{ ...of, ...judgement, visitor: visitorOf(of), resubmission, ownWords, used, byProgram }];
  });
  return chooseAnswer(judged)?.id;
}

test('a form that is sent again bare never replaces the customer’s words, whatever the networks', () => {
  const network = fc.constantFrom('home', 'mobile', 'scanner', null);
  const agent = fc.constantFrom('phone', 'chrome');
  const withScript = fc.record({ signals: fc.constant(USED), step: fc.integer({ min: 1, max: 9 }) });
  const customers = fc.oneof(fc.constant({ signals: null, step: null }), withScript);
  const again = fc.record({ network, agent, gesture: fc.boolean(), at: fc.integer({ min: 0, max: 59 }).map(at) });
  fc.assert(
    fc.property(network, network, customers, fc.array(again, { maxLength: 4 }), (opener, sender, how, others) => {
      const form = { page: 'form', score: null, form: FORM, network: opener, agent: 'phone', at: at(0) } as const;
      const words = aSubmission(1, { ...how, network: sender, comment: 'Slow' });
      const bare = others.map((parts, index) => aSubmission(index + 2, { ...parts, score: 3 }));
      const later = bare.filter((one) => one.at > words.at);
      expect(answerOf([form], [words, ...later])).toBe(1);
    }),
  );
});

test('the order in which submissions are read changes nothing, and one of them or none is the answer', () => {
  const visitor = { network: fc.constantFrom('home', 'scanner', null), agent: fc.constantFrom('phone', 'chrome') };
  const minute = fc.nat({ max: 5 }).map(at);
  const form = fc.constantFrom('the form', 'another', null);
  const score = fc.nat({ max: 10 });
  const opening = fc.record({ ...visitor, at: minute, page: fc.constantFrom('form', 'trap'), score, form });
  const sent = fc.record({
    ...visitor,
    at: minute,
    form,
    score,
    comment: fc.constantFrom('', 'Slow', 'Kind'),
    signals: fc.constantFrom(null, USED),
    step: fc.constantFrom(null, 1, 2),
  });
  const openings = fc.uniqueArray(opening, { selector: ({ form: one }) => one, maxLength: 4 });
  const all = fc
    .array(sent, { minLength: 1, maxLength: 6 })
    .map((parts) => parts.map((one, index) => aSubmission(index + 1, one)));
  const orders = all.chain((submissions) =>
    fc.tuple(fc.constant(submissions), fc.shuffledSubarray(submissions, { minLength: submissions.length })),
  );
  fc.assert(
    fc.property(openings, orders, (opened, [submissions, inAnotherOrder]) => {
      const answer = answerOf(opened, submissions);
      expect(answerOf(opened, inAnotherOrder)).toBe(answer);
      expect([undefined, ...submissions.map(({ id }) => id)]).toContain(answer);
    }),
  );
});

const second = (n: number) => new Date(at(0).getTime() + n * 1_000);
const MINDS = [5, 2, 4];
/** @param each seconds from one to the next, of which half pass on the page; @param chosen the score in the link of each */
function reasonsOf(each: number, chosen: (score: number, index: number) => number | null): readonly string[] {
  const visitor = { network: 'home', agent: 'phone' };
  const openings = MINDS.map((score, n) => {
    return { ...visitor, page: 'form' as const, form: `form ${n}`, score: chosen(score, n), at: second(n * each) };
  });
  const submissions = MINDS.map((score, n) =>
    aSubmission(n, { form: `form ${n}`, score, at: second((n + 0.5) * each) }),
  );
  const [evidence] = gatherEvidence({ sentAt: null, openings, submissions, crowds: new Map() });
  if (!evidence) throw new Error('there is one');
  return judge(evidence).reasons;
}

test('who changes their mind on the page, without its script, is no machine', () => {
  expect(reasonsOf(8, (score, n) => (n === 0 ? score : null))).not.toContain('many_scores');
});

test.each<[string, number, (score: number, n: number) => number | null]>([
  ['links one after the other as they are', 8, (score) => score],
  ['scores within a second', 1, () => null],
])('who tries %s is a machine', (_what, each, chosen) => {
  expect(reasonsOf(each, chosen)).toContain('many_scores');
});

describe('a program that opens each link from another network', () => {
  const BY_MOUSE = { visibleMs: 4_000, pointer: 9, touches: 0, keys: 0, clicks: 2, firstPressMs: 2_500 };
  const links = (apart: number, parts: Partial<Submission>) =>
    [5, 4, 3, 2, 1].map((score, n) => {
      const visitor = { network: `network ${n}`, agent: 'chrome' };
      const opened = second(90_000 + n * apart);
      const form = `form ${score}`;
      return {
        opening: { ...visitor, page: 'form' as const, score, form, at: opened },
        submission: aSubmission(score, { ...visitor, form, score, at: new Date(opened.getTime() + 4_000), ...parts }),
      };
    });
  const kinds: [string, Partial<Submission>][] = [
    ['without the script', { gesture: false }],
    ['without the script, with the headers of a browser', {}],
    ['with a mouse', { signals: BY_MOUSE, step: 1 }],
  ];
  const cases = kinds.flatMap(([kind, parts]) =>
    [1, 20, 90, 300].map((apart) => [kind, apart, parts] as [string, number, Partial<Submission>]),
  );

  test.each(cases)('%s, %i seconds apart, gives no answer', (_kind, apart, parts) => {
    const burst = links(apart, parts);
    const [openings, sent] = [burst.map(({ opening }) => opening), burst.map(({ submission }) => submission)];
    expect(answerOf(openings, sent)).toBeUndefined();
  });

  test.each(cases)('%s, %i seconds apart, changes no answer', (_kind, apart, parts) => {
    const burst = links(apart, parts);
    const opening = { network: 'home', agent: 'phone', page: 'form', score: 4, form: FORM } as const;
    const [first] = burst;
    for (const when of [second(0), first?.opening.at ?? second(0), second(180_000)])
      for (const how of [{ signals: USED, step: 1 }, { signals: null }]) {
        const customers = aSubmission(9, { form: FORM, score: 4, at: new Date(when.getTime() + 9_000), ...how });
        const openings = [{ ...opening, at: when }, ...burst.map((one) => one.opening)];
        expect(answerOf(openings, [customers, ...burst.map(({ submission }) => submission)])).toBe(9);
      }
  });

  /** By a customer with the fleet's browser, and a mouse too. */
  const customersLink = (opened: Date, onPage = 25_000) => {
    const visitor = { network: 'home', agent: 'chrome' };
    return {
      opening: { ...visitor, page: 'form' as const, score: 4, form: FORM, at: opened },
      submission: aSubmission(9, {
        ...visitor,
        score: 4,
        at: new Date(opened.getTime() + onPage),
        signals: BY_MOUSE,
        step: 1,
      }),
    };
  };
  const answerAmong = (all: readonly ReturnType<typeof customersLink>[]) =>
    answerOf(
      all.map(({ opening }) => opening),
      all.map(({ submission }) => submission),
    );
  const WITH_MOUSE = { signals: BY_MOUSE, step: 1 };

  test.each([
    ['before', 9, 89_400],
    ['after', 9, 90_900],
    ['after', 20, 90_500],
    ['after', 90, 91_100],
  ])('%s one with a mouse, %i seconds apart, the customer’s answer in the same browser stays', (_when, apart, from) => {
    expect(answerAmong([...links(apart, WITH_MOUSE), customersLink(second(from))])).toBe(9);
  });

  test('a used page amid its links, or right after them, is taken for one of its own', () => {
    for (const from of [90_020, 90_110, 90_150])
      expect(answerAmong([...links(9, WITH_MOUSE), customersLink(second(from))])).toBeUndefined();
  });

  test('no pause of a program that varies its pace threefold makes a page a customer’s', () => {
    const pauses = fc.array(fc.integer({ min: 100, max: 300 }), { minLength: 4, maxLength: 9 });
    fc.assert(
      fc.property(pauses, (all) => {
        const starts = all.reduce((known, pause) => [...known, (known.at(-1) ?? 0) + pause], [90_000]);
        const burst = starts.map((from, n) => {
          const { opening, submission } = customersLink(second(from));
          const parts = { form: `form ${n}`, score: n, network: `network ${n}` };
          return { opening: { ...opening, ...parts }, submission: { ...submission, id: n, ...parts } };
        });
        expect(answerAmong(burst)).toBeUndefined();
      }),
    );
  });
});

test('the evidence is what comparing each with all others finds', () => {
  const visitor = { network: fc.constantFrom('home', 'scanner', null), agent: fc.constantFrom('phone', 'chrome') };
  // Close to each other, at the same moment, and about as far apart as the limits are.
  const moment = fc
    .oneof(fc.nat({ max: 12 }), fc.constantFrom(59, 60, 61, 63, 120, 599, 600, 601, 1_199, 1_200, 1_201))
    .map(second);
  const form = fc.constantFrom('a', 'b', 'c', null);
  const score = fc.integer({ min: 1, max: 5 });
  const page = fc.constantFrom('form', 'form', 'unsubscribe', 'trap');
  const opening = fc.record({ ...visitor, at: moment, page, score: fc.option(score), form });
  const parts = fc.record({
    ...visitor,
    at: moment,
    form,
    score,
    comment: fc.constantFrom('', 'Slow', 'Kind'),
    signals: fc.constantFrom(null, null, USED),
    step: fc.constantFrom(null, 1, 2, 3),
    trapFilled: fc.nat({ max: 9 }).map((n) => n === 0),
    times: fc.integer({ min: 1, max: 3 }),
  });
  const sent = fc.array(parts, { maxLength: 30 }).map((all) => all.map((one, n) => aSubmission(n + 1, one)));
  const some = sent.chain((all) => fc.shuffledSubarray(all));
  fc.assert(
    fc.property(fc.array(opening, { maxLength: 20 }), some, (openings, submissions) => {
      const answering = { sentAt: at(0), openings, submissions, crowds: new Map([['home', 2]]) };
      expect(gatherEvidence(answering)).toEqual(submissions.map((of) => gatherPlainly(of, answering)));
    }),
    { numRuns: 1_000 },
  );
});

test('of scores that one visitor tries on a page, those within a minute are found as by comparing all', () => {
  const visitor = { network: 'home', agent: 'phone' };
  const opened = { ...visitor, page: 'form', score: null, form: FORM, at: second(-100) } as const;
  const moment = fc.constantFrom(0, 1, 2, 4, 59, 60, 61, 62, 63, 64, 66).map(second);
  const parts = fc.record({ at: moment, score: fc.integer({ min: 1, max: 4 }) });
  const some = fc.array(parts, { maxLength: 9 }).map((all) => all.map((one, n) => aSubmission(n + 1, one)));
  fc.assert(
    fc.property(some, (submissions) => {
      const answering = { sentAt: null, openings: [opened], submissions, crowds: new Map() };
      expect(gatherEvidence(answering)).toEqual(submissions.map((of) => gatherPlainly(of, answering)));
    }),
    { numRuns: 3_000 },
  );
});

test('which links are sent apart from the others is found as by comparing all', () => {
  const moment = fc.oneof(fc.nat({ max: 60 }), fc.integer({ min: 60, max: 1_300 })).map(second);
  const network = fc.constantFrom('a', 'b', 'c', 'd', 'e', null);
  const one = fc.record({ network, at: moment, score: fc.integer({ min: 1, max: 6 }), onPage: fc.constantFrom(1, 4) });
  fc.assert(
    fc.property(fc.array(one, { minLength: 4, maxLength: 9 }), (all) => {
      const openings = all.map(({ network, at: opened, score }, n) => {
        return { network, agent: 'phone', at: opened, page: 'form', form: `form ${n}`, score } as const;
      });
      const submissions = all.map(({ network, at: opened, score, onPage }, n) => {
        const sent = new Date(opened.getTime() + onPage * 1_000);
        return aSubmission(n + 1, { network, at: sent, form: `form ${n}`, score, signals: USED });
      });
      const answering = { sentAt: null, openings, submissions, crowds: new Map() };
      expect(gatherEvidence(answering)).toEqual(submissions.map((of) => gatherPlainly(of, answering)));
    }),
    { numRuns: 2_000 },
  );
});
