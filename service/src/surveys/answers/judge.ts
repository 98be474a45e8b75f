// Judges whether a person or a machine gave an answer, from evidence alone.
import type { Evidence, Signals } from './evidence.ts';

export const VERDICTS = ['human', 'doubtful', 'machine'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judgement {
  readonly verdict: Verdict;
  /** The sum of the reasons' weights; 0 when one of them decides alone. */
  readonly points: number;
  readonly reasons: readonly ReasonId[];
}

/** Surveys of this many other customers answered from one network, without any sign of use, are no coincidence. */
export const CROWD = 3;
const MANY_REPEATS = 5;
/** So many links of one mail, opened or sent, are a sign of a program. */
export const SEVERAL = 3;
export const MANY_LINKS = 4;
const SECOND = 1_000;

/** These decide alone: no person can do them. */
const PROOFS = {
  trap_filled: ({ trap }: Evidence) => trap === 'filled',
  form_sent_again: ({ resubmission }: Evidence) => resubmission,
} as const;

interface Weight {
  readonly points: number;
  readonly holds: (evidence: Evidence) => boolean;
}

/**
 * Positive: a person. The weights are judgement, not statistics: what takes a browser and a person weighs most, what a name or a header says
 * weighs least, so that no single weak sign refuses an answer.
 */
const WEIGHTS = {
  page_used: { points: 4, holds: ({ signals }) => isPageUsed(signals) },
  /** A page that runs scripts cannot be sent by a person without a click, a touch or a key. */
  script_without_use: { points: -5, holds: ({ signals }) => signals !== null && !isPageUsed(signals) },
  /** WebDriver has browsers say so. Beside words it leaves doubt: somebody may use such a browser. */
  steered_by_program: { points: -7, holds: ({ signals }) => signals?.steered === true },
  /** A hand moves a mouse past dozens of points, and presses after a look. Voice control jumps too, so that with words this is a person. */
  pointer_jumped: { points: -5, holds: ({ signals }) => signals !== null && isPointerJumping(signals) },
  pressed_at_once: { points: -2, holds: ({ signals }) => (signals?.firstPressMs ?? SECOND) < 500 },
  own_words: { points: 2, holds: ({ ownWords }) => ownWords },
  gesture: { points: 1, holds: ({ gesture }) => gesture },
  time_to_read: { points: 1, holds: ({ onPageMs }) => onPageMs !== null && onPageMs >= 3 * SECOND },
  no_time_to_read: { points: -1, holds: ({ onPageMs }) => onPageMs !== null && onPageMs < SECOND },
  form_unknown: { points: -1, holds: ({ onPageMs }) => onPageMs === null },
  links_opened_together: { points: -5, holds: ({ openedTogether }) => openedTogether === 'by_the_same' },
  links_opened_meanwhile: { points: -2, holds: ({ openedTogether }) => openedTogether === 'by_anybody' },
  many_scores: { points: -5, holds: ({ manyScores }) => manyScores },
  /** Programs of several names in several networks. A person without the page's script may answer at the same time. */
  several_scores_meanwhile: { points: -3, holds: ({ scoresMeanwhile }) => scoresMeanwhile >= SEVERAL },
  most_scores_meanwhile: { points: -2, holds: ({ scoresMeanwhile }) => scoresMeanwhile >= MANY_LINKS },
  /** For each, a person would have to go back to the mail. Of three, used pages leave doubt: colleagues share a mailbox. */
  several_links_sent: { points: -5, holds: ({ linksSent }) => linksSent >= SEVERAL },
  most_links_sent: { points: -4, holds: ({ linksSent }) => linksSent >= MANY_LINKS },
  /** After the button a person sees another page, and would have to go back each time. */
  sent_over_and_over: { points: -5, holds: ({ repeats }) => repeats >= MANY_REPEATS },
  /** More than use or words make up for; both together leave doubt, as some browsers open links in advance. */
  trap_followed: { points: -9, holds: ({ trap }) => trap === 'this_form' },
  trap_near: { points: -4, holds: ({ trap }) => trap === 'same_visitor' || trap === 'by_others' },
  seconds_after_delivery: { points: -2, holds: ({ sinceDeliveryMs: ms }) => ms !== null && ms < 10 * SECOND },
  minute_after_delivery: {
    points: -1,
    holds: ({ sinceDeliveryMs: ms }) => ms !== null && ms >= 10 * SECOND && ms < 60 * SECOND,
  },
  other_network: { points: -1, holds: ({ otherNetwork }) => otherNetwork },
  /** Colleagues share a network too, but their pages show signs of use. */
  same_network_for_many: { points: -2, holds: ({ crowd, signals }) => signals === null && crowd >= CROWD },
  agent_is_scanner: { points: -4, holds: ({ agentKind }) => agentKind === 'scanner' },
  agent_is_tool: { points: -1, holds: ({ agentKind }) => agentKind === 'tool' },
  agent_unnamed: { points: -1, holds: ({ agentKind }) => agentKind === 'none' },
  agent_unlike_browser: { points: -1, holds: ({ unlikeBrowser }) => unlikeBrowser },
} as const satisfies Record<string, Weight>;

export type ReasonId = keyof typeof PROOFS | keyof typeof WEIGHTS;

/** What says that the sender is no browser. */
const OF_PROGRAMS: readonly string[] = [
  'agent_is_scanner',
  'agent_is_tool',
  'agent_unnamed',
  'agent_unlike_browser',
] satisfies ReasonId[];

/** The sender is no browser, or none that behaves like one. */
export const isByProgram = (reasons: readonly string[]): boolean => reasons.some((one) => OF_PROGRAMS.includes(one));

/** It speaks against a person. */
export const isAgainst = (reason: ReasonId): boolean =>
  reason in PROOFS || WEIGHTS[reason as keyof typeof WEIGHTS].points < 0;

const HUMAN_FROM = 2;
const MACHINE_TO = -3;

/**
 * A proof decides alone. Otherwise the weights are added: 2 and more is a person, if there are signs of use, or words and nothing that speaks against
 * a person: programs fill in fields too. -3 and less is a machine; all between is doubtful, and counts as long as no person's answer is there.
 */
export function judge(evidence: Evidence): Judgement {
  const proofs = entries(PROOFS).flatMap(([id, holds]) => (holds(evidence) ? [id] : []));
  if (proofs.length > 0) return { verdict: 'machine', points: 0, reasons: proofs };
  const held = entries<ReasonId, Weight>(WEIGHTS).filter(([, { holds }]) => holds(evidence));
  const points = held.reduce((sum, [, weight]) => sum + weight.points, 0);
  const reasons = held.map(([id]) => id);
  return { verdict: verdictOf(points, reasons), points, reasons };
}

function verdictOf(points: number, reasons: readonly ReasonId[]): Verdict {
  if (points <= MACHINE_TO) return 'machine';
  const showsPerson = reasons.includes('page_used') || (reasons.includes('own_words') && !reasons.some(isAgainst));
  return points >= HUMAN_FROM && showsPerson ? 'human' : 'doubtful';
}

/** One point or two for each click of a mouse, and nothing else. */
const isPointerJumping = ({ pointer, touches, keys, clicks }: Signals): boolean =>
  pointer > 0 && touches + keys === 0 && pointer <= 2 * clicks;

/** The page saw a person's pointer, finger or key. */
export const isPageUsed = (signals: Signals | null): boolean =>
  signals !== null && signals.pointer + signals.touches + signals.keys + signals.clicks > 0;

const entries = <Key extends string, Value>(of: Readonly<Partial<Record<Key, Value>>>) =>
  Object.entries(of) as [Key, Value][];

/** What each reason says, for those who look at an answer. */
export const REASON_TEXTS: Readonly<Record<ReasonId, string>> = {
  trap_filled: 'a field that no person sees was filled in',
  form_sent_again: 'the form was sent before, by somebody else',
  page_used: 'the page was used with pointer, touch or keyboard',
  script_without_use: 'the page ran and was sent without a click, a touch or a key',
  steered_by_program: 'the browser reports that it is automated',
  pointer_jumped: 'the mouse pointer jumped to what was clicked',
  pressed_at_once: 'something was pressed within half a second of opening',
  own_words: 'there are words that were not sent before',
  gesture: 'the browser says that a person pressed the button',
  time_to_read: 'there was time to read the page',
  no_time_to_read: 'it was sent within a second of opening',
  form_unknown: 'the form was not opened before it was sent',
  links_opened_together: 'the same visitor opened at least three links of the mail at once',
  links_opened_meanwhile: 'at least three links of the mail were opened at that moment',
  many_scores: 'the same visitor tried at least three different scores within a minute',
  several_scores_meanwhile: 'at least three different scores were sent within a minute, without using a page',
  most_scores_meanwhile: 'at least four different scores were sent within a minute, without using a page',
  several_links_sent: 'forms of at least three links of the mail were sent by browsers of one kind within minutes',
  most_links_sent: 'forms of at least four links of the mail were sent by browsers of one kind within minutes',
  sent_over_and_over: 'the same visitor sent the same form at least five times',
  trap_followed: 'a link that no person sees was followed from this form',
  trap_near:
    'a link that no person sees was followed by the same visitor within minutes, or from this form by somebody else',
  seconds_after_delivery: 'it came within ten seconds of the mail',
  minute_after_delivery: 'it came within a minute of the mail',
  other_network: 'it came from another network than the one that opened the form',
  same_network_for_many: 'the same network answered for at least three other customers without using a page',
  agent_is_scanner: 'the sender names itself as one that checks mail or links',
  agent_is_tool: 'the sender is a program or a browser that a program runs',
  agent_unnamed: 'the sender gives no user agent',
  agent_unlike_browser: 'the sender claims to be a browser and does not behave like one',
};
