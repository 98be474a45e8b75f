import fc from 'fast-check';
import { chooseAnswer } from './choose-answer.ts';
import { gatherEvidence, type Opening, type Submission, visitorOf } from './gather-evidence.ts';
import { isPageUsed, judge } from './judge.ts';

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

function answerOf(opening: Opening, submissions: readonly Submission[]): number | undefined {
  const judged = submissions.map((of) => {
    const evidence = gatherEvidence(of, { sentAt: null, openings: [opening], submissions, crowds: new Map() });
    const { resubmission, ownWords } = evidence;
    return { ...of, ...judge(evidence), visitor: visitorOf(of), resubmission, ownWords, used: isPageUsed(of.signals) };
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
      expect(answerOf(form, [words, ...later])).toBe(1);
    }),
  );
});
