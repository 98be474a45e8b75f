import fc from 'fast-check';
import { type Evidence } from './evidence.ts';
import { judge, REASON_TEXTS, VERDICTS } from './judge.ts';

const HOUR = 3_600_000;
/** Sent from a page without its script, hours after the mail, with nothing for or against it. */
const evidence = (parts: Partial<Evidence> = {}): Evidence => ({
  agentKind: 'browser',
  unlikeBrowser: false,
  gesture: false,
  signals: null,
  trap: 'no',
  openedTogether: 'no',
  manyScores: false,
  linksSent: 1,
  scoresMeanwhile: 1,
  repeats: 0,
  sinceDeliveryMs: 3 * HOUR,
  onPageMs: 2_000,
  otherNetwork: false,
  resubmission: false,
  crowd: 0,
  ownWords: false,
  ...parts,
});
const used = { visibleMs: 9_000, pointer: 14, touches: 0, keys: 0, clicks: 2 };
const unused = { visibleMs: 300, pointer: 0, touches: 0, keys: 0, clicks: 0 };
const jumped = { ...unused, pointer: 2, clicks: 1 };

describe('a person', () => {
  test.each<[string, Partial<Evidence>, number]>([
    ['uses the page', { signals: used }, 4],
    ['uses the page with a reading aid, which clicks only', { signals: { ...unused, clicks: 1 } }, 4],
    ['writes and clicks by voice, which jumps', { signals: jumped, ownWords: true, gesture: true }, 2],
    ['writes without the page’s script', { ownWords: true }, 2],
    ['sits in an office from which many answer', { signals: used, crowd: 40 }, 4],
    ['answers while a scanner opens the links', { signals: used, openedTogether: 'by_anybody', onPageMs: 4_000 }, 3],
    ['walks from one network into the next', { signals: used, otherNetwork: true }, 3],
  ])('%s', (_what, parts, points) => {
    expect(judge(evidence(parts))).toMatchObject({ verdict: 'human', points });
  });
});

describe('is doubtful, and counts until a person answers', () => {
  test.each<[string, Partial<Evidence>, number]>([
    ['one answer without script and words', {}, 0],
    ['the same with a gesture and time to read', { gesture: true, onPageMs: 20_000 }, 2],
    ['the same from a form that we did not send', { onPageMs: null }, -1],
    ['a browser that does not behave like one, in a second', { unlikeBrowser: true, onPageMs: 90 }, -2],
    ['a pointer that jumps to the button', { signals: jumped }, -1],
    ['words from behind a proxy that hides the browser', { ownWords: true, gesture: true, agentKind: 'none' }, 2],
    ['words of a program that takes its time', { ownWords: true, onPageMs: 4_000, unlikeBrowser: true }, 2],
    [
      'somebody who uses and writes, in a browser that opens links in advance',
      { trap: 'this_form', signals: used, ownWords: true, gesture: true, onPageMs: 9_000 },
      -1,
    ],
    [
      'an answer without script while three scores are sent',
      { scoresMeanwhile: 3, gesture: true, onPageMs: 9_000 },
      -1,
    ],
    ['one whose hidden link somebody else followed', { trap: 'by_others', gesture: true, onPageMs: 9_000 }, -2],
    ['words from a browser that a program steers', { signals: { ...used, steered: true }, ownWords: true }, -1],
    ['one of three colleagues who share a mailbox', { signals: used, linksSent: 3, gesture: true, onPageMs: 9_000 }, 1],
    ['somebody who opened three links and then used a page', { signals: used, openedTogether: 'by_the_same' }, -1],
  ])('%s', (_what, parts, points) => {
    expect(judge(evidence(parts))).toMatchObject({ verdict: 'doubtful', points });
  });
});

describe('a machine', () => {
  test.each<[string, Partial<Evidence>, number]>([
    ['opens all links and sends one', { openedTogether: 'by_the_same' }, -5],
    ['opens all links and fills in words', { openedTogether: 'by_the_same', ownWords: true }, -3],
    ['runs the page’s script and sends the form by itself', { signals: unused }, -5],
    ['steers a browser and presses the button', { signals: { ...jumped, steered: true } }, -8],
    [
      'steers a browser, moves the mouse and presses at once',
      { signals: { ...used, firstPressMs: 90, steered: true } },
      -5,
    ],
    ['sends all scores', { manyScores: true }, -5],
    ['sends the forms of three links', { linksSent: 3, gesture: true, onPageMs: 9_000 }, -3],
    ['sends the forms of most links with a mouse', { linksSent: 4, signals: used, gesture: true, onPageMs: 9_000 }, -3],
    ['sends one form again and again', { repeats: 5 }, -5],
    ['is quicker than the mail can be read', { sinceDeliveryMs: 4_000, onPageMs: 200 }, -3],
    ['answers for many customers, and not like a browser', { crowd: 3, unlikeBrowser: true, onPageMs: 400 }, -4],
    ['names itself', { agentKind: 'scanner' }, -4],
    [
      'follows a hidden link and uses the page',
      { trap: 'this_form', signals: used, gesture: true, onPageMs: 9_000 },
      -3,
    ],
    ['follows a hidden link and writes', { trap: 'this_form', ownWords: true, gesture: true, onPageMs: 9_000 }, -5],
    ['is one of many that send four scores', { scoresMeanwhile: 4, gesture: true, onPageMs: 9_000 }, -3],
    ['fills in a hidden field, whatever else it does', { trap: 'filled', signals: used, ownWords: true }, 0],
    ['sends again what somebody else has sent', { resubmission: true, signals: used, ownWords: true }, 0],
  ])('%s', (_what, parts, points) => {
    expect(judge(evidence(parts))).toMatchObject({ verdict: 'machine', points });
  });
});

test('the reasons are named, and each has a sentence', () => {
  const { reasons } = judge(evidence({ signals: used, gesture: true, sinceDeliveryMs: 30_000 }));
  expect(reasons).toEqual(['page_used', 'gesture', 'minute_after_delivery']);
  for (const reason of reasons) expect(REASON_TEXTS[reason]).toMatch(/^[a-z]/);
});

test('more evidence of a machine never makes an answer more of a person’s', () => {
  const count = fc.nat({ max: 20 });
  const signals = fc.record({
    visibleMs: count,
    pointer: count,
    touches: count,
    keys: count,
    clicks: count,
    firstPressMs: fc.constantFrom(null, 90, 2_000),
    steered: fc.boolean(),
  });
  const anything = fc.record<Evidence>({
    agentKind: fc.constantFrom('browser', 'none', 'tool'),
    unlikeBrowser: fc.boolean(),
    gesture: fc.boolean(),
    signals: fc.option(signals),
    trap: fc.constantFrom('no', 'same_visitor', 'by_others', 'this_form', 'filled'),
    openedTogether: fc.constantFrom('no', 'by_anybody', 'by_the_same'),
    manyScores: fc.boolean(),
    linksSent: fc.nat({ max: 4 }),
    scoresMeanwhile: fc.nat({ max: 4 }),
    repeats: count,
    sinceDeliveryMs: fc.constantFrom(null, 5_000, 30_000, HOUR),
    onPageMs: fc.constantFrom(null, 200, 2_000, 9_000),
    otherNetwork: fc.boolean(),
    resubmission: fc.boolean(),
    crowd: count,
    ownWords: fc.boolean(),
  });
  const ofMachine = fc.constantFrom<(seen: Evidence) => Partial<Evidence>>(
    () => ({ agentKind: 'scanner' }),
    () => ({ unlikeBrowser: true }),
    () => ({ gesture: false }),
    () => ({ ownWords: false }),
    ({ trap }) => ({ trap: trap === 'no' ? 'same_visitor' : trap }),
    ({ trap }) => ({ trap: trap === 'filled' ? trap : 'this_form' }),
    ({ scoresMeanwhile }) => ({ scoresMeanwhile: scoresMeanwhile + 3 }),
    ({ openedTogether }) => ({ openedTogether: openedTogether === 'no' ? 'by_anybody' : 'by_the_same' }),
    () => ({ manyScores: true }),
    ({ linksSent }) => ({ linksSent: linksSent + 3 }),
    ({ repeats }) => ({ repeats: repeats + 5 }),
    () => ({ sinceDeliveryMs: 5_000 }),
    () => ({ onPageMs: 200 }),
    () => ({ otherNetwork: true }),
    () => ({ resubmission: true }),
    ({ crowd }) => ({ crowd: crowd + 3 }),
    (seen) => ({ signals: seen.signals && { ...seen.signals, steered: true } }),
    (seen) => ({ signals: seen.signals && { ...seen.signals, firstPressMs: 90 } }),
  );
  const humanity = (seen: Evidence) => -VERDICTS.indexOf(judge(seen).verdict);
  fc.assert(
    fc.property(anything, ofMachine, (seen, more) => {
      expect(humanity({ ...seen, ...more(seen) })).toBeLessThanOrEqual(humanity(seen));
    }),
  );
});
