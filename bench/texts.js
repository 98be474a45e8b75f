// Measures how long the longest texts that strangers can send take, beside Intl.Segmenter.

import { sentencesOf } from '../service/dist/sidebar/card/sentences.js';
import { quotable } from '../service/dist/surveys/compose-invitation-mail.js';
import { readDraft } from '../service/dist/surveys/pages/page-views.js';
import { countGraphemes } from '../shared/dist/text/graphemes.js';
import { keep, sized, verdict } from './part.js';

const AIM_MS = 250;
/** Zendesk takes 64 kB in a comment; the survey form as much. */
const LONGEST = sized(65_535, 4_096);
/** The plain way is quadratic: a quarter of the text takes a sixteenth of the time. */
const RIVAL_SHARE = 4;

const of = (unit, length = LONGEST) => unit.repeat(Math.floor(length / unit.length));
const plain = (granularity) => {
  const segmenter = new Intl.Segmenter('und', { granularity });
  return (text) => Array.from(segmenter.segment(text)).length;
};
const TEXTS = {
  letters: 'a',
  Thai: 'ก',
  'accents apart': 'e\u0301',
  flags: '🇩🇪',
  families: '👨‍👩‍👧‍👦',
  marks: '\u0301',
  links: 'a.b/',
};
const same = (unit) => unit;
const JOBS = [
  { name: 'count characters', ours: countGraphemes, rival: plain('grapheme'), unit: same },
  {
    name: 'read a survey comment',
    ours: (text) => readDraft('csat', { score: '4', comment: text }, undefined),
    rival: plain('grapheme'),
    unit: same,
  },
  { name: 'quote a subject', ours: (text) => quotable(text, 80), rival: plain('grapheme'), unit: same },
  {
    name: 'find sentences',
    ours: sentencesOf,
    rival: plain('sentence'),
    unit: (letter) => `${of(letter, 20)}. A `,
  },
];

const time = (run) => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

let worst = 0;
let least = Number.POSITIVE_INFINITY;
for (const { name, ours, rival, unit: unitOf } of JOBS) {
  for (const [what, letter] of Object.entries(TEXTS)) {
    const unit = unitOf(letter);
    const mine = Math.min(...[1, 2, 3].map(() => time(() => ours(of(unit)))));
    const theirs = time(() => rival(of(unit, LONGEST / RIVAL_SHARE))) * RIVAL_SHARE ** 2;
    worst = Math.max(worst, mine);
    least = Math.min(least, theirs / mine);
    console.log(
      `${name}, ${LONGEST.toLocaleString('en-US')} code units of ${what}: ${mine.toFixed(1)} ms; at a stroke about ${theirs.toFixed(0)} ms (${(theirs / mine).toFixed(1)} times)`,
    );
  }
}
console.log(`Aim: at most ${AIM_MS} ms each: ${verdict(worst <= AIM_MS)}`);
keep({ ratios: { 'least against a stroke': least }, figures: { 'longest in ms': worst } });
