// Suggests triggers from labelled tickets, with what speaks for each and how right they are on tickets they were not learnt from.
import type { Policy } from '@deskwright/shared';
import { type Extension, extendTriggers, type Place, withExtensions, withTriggers } from './extend-triggers.ts';
import { type Gathered, gatherLabels, type LabelledTicket, type Lesson } from './gather-labels.ts';
import { judgeTriggers, type Retirement } from './judge-triggers.ts';
import { learnGroups } from './learn-groups.ts';
import { type Catches, type Measured, measurePolicy } from './measure-policy.ts';
import { type NewCategory, nameCategories } from './name-categories.ts';
import { drawLessons, splitLessons } from './split-lessons.ts';
import { writeTriggers } from './write-triggers.ts';

export interface SuggestOptions {
  /** Draws the held-out part; the same seed and tickets give the same suggestion. */
  readonly seed: number;
  /** Part of the texts that are not learnt from, of 1. */
  readonly heldOut: number;
  /** The most triggers to suggest. */
  readonly mostTriggers: number;
  /** The policy's category that a label means; undefined: none of it. */
  readonly categoryOf: (label: string) => string | undefined;
}

interface SuggestedTrigger {
  readonly trigger: Policy['triggers'][number];
  /** Of the texts learnt from. */
  readonly learnt: Catches;
  readonly heldOut: Catches;
}

interface SuggestedWords extends Extension {
  readonly learnt: Catches;
}

/** Shares of right decisions before and after. */
interface Figures {
  readonly before: Measured;
  readonly after: Measured;
}

export interface Suggestion {
  readonly gathered: Omit<Gathered, 'lessons'>;
  /** The policy with everything suggested but retirements. */
  readonly policy: Policy;
  readonly newCategories: readonly NewCategory[];
  /** In the order in which they must stand. */
  readonly triggers: readonly SuggestedTrigger[];
  readonly place: Place;
  readonly words: readonly SuggestedWords[];
  readonly retire: readonly Retirement[];
  readonly learnt: Figures;
  /** On the part that was held out. */
  readonly heldOut: Figures;
  /** Categories of tickets that no suggestion catches, because too few or too different: with their number of texts. */
  readonly notLearnt: ReadonlyArray<{ readonly category: string; readonly texts: number }>;
}

/** Texts learnt from: more take longer and add little. */
const MOST_LEARNT = 12_000;
/** Of a rare category as many are learnt from as there are, up to this. */
const OF_EACH = 200;
/** Texts on which words are tried in existing triggers. */
const MOST_TRIED = 4_000;
/** New triggers stand above the policy's own only if that decides so many more texts rightly, of 1. */
const WORTH_COMING_FIRST = 0.02;

/** Pure: the same tickets, policy and options give the same suggestion. */
export function suggest(tickets: Iterable<LabelledTicket>, policy: Policy, options: SuggestOptions): Suggestion {
  const { seed, heldOut: share, categoryOf } = options;
  const names = nameCategories(policy, categoryOf);
  const { lessons, ...gathered } = gatherLabels(tickets, names.idOf);
  const { learnt: all, heldOut } = splitLessons(lessons, share, seed);
  const learnt = drawLessons(all, MOST_LEARNT, OF_EACH, seed);
  const newCategories = names.added.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const base = withCategories(policy, newCategories);
  const before = measurePolicy(base, learnt);
  const retire = judgeTriggers(base, before);
  const draft = chooseDraft(base, learnt, before, retire, options);
  const after = measurePolicy(draft.policy, learnt);
  const onHeldOut = measurePolicy(draft.policy, heldOut);
  return {
    gathered,
    policy: draft.policy,
    newCategories,
    triggers: draft.triggers.map((trigger) => ({
      trigger,
      learnt: catchesOf(after, trigger.id),
      heldOut: catchesOf(onHeldOut, trigger.id),
    })),
    place: draft.place,
    words: draft.extensions.map((extension) => ({ ...extension, learnt: catchesOf(after, extension.triggerId) })),
    retire,
    learnt: { before, after },
    heldOut: { before: measurePolicy(base, heldOut), after: onHeldOut },
    notLearnt: notLearnt(draft.policy, lessons),
  };
}

interface Draft {
  readonly policy: Policy;
  readonly place: Place;
  readonly triggers: Policy['triggers'];
  readonly extensions: readonly Extension[];
}

/** The tier of a new category: that of the default one. */
function withCategories(policy: Policy, added: readonly NewCategory[]): Policy {
  const tier = policy.categories.find(({ id }) => id === policy.default_category)?.tier ?? policy.tiers[0]?.id ?? '';
  return { ...policy, categories: [...policy.categories, ...added.map((category) => ({ ...category, tier }))] };
}

/** Below the policy's own triggers, for what they leave; or above them, if they are wrong too often. */
function chooseDraft(
  base: Policy,
  learnt: readonly Lesson[],
  before: Measured,
  retire: readonly Retirement[],
  { mostTriggers, seed }: SuggestOptions,
): Draft {
  const learn = { mostTriggers, restCategory: base.default_category, seed };
  const after = draftAfter(base, learnt, before, retire, learn);
  if (before.decided.every((isDecided) => !isDecided)) return after;
  const triggers = writeTriggers(learnGroups(learnt, learn), base);
  const first: Draft = { policy: withTriggers(base, triggers, 'before'), place: 'before', triggers, extensions: [] };
  const gain = measurePolicy(first.policy, learnt).right - measurePolicy(after.policy, learnt).right;
  return gain > learnt.length * WORTH_COMING_FIRST ? first : after;
}

function draftAfter(
  base: Policy,
  learnt: readonly Lesson[],
  { decided }: Measured,
  retire: readonly Retirement[],
  learn: Parameters<typeof learnGroups>[1],
): Draft {
  const learntGroups = learnGroups(
    learnt.filter((_, text) => decided[text] === false),
    learn,
  );
  const doubtful = new Set(retire.map(({ triggerId }) => triggerId));
  const candidates = new Set(base.triggers.map(({ id }) => id).filter((id) => !doubtful.has(id)));
  const tried = drawLessons(learnt, MOST_TRIED, OF_EACH / 10, learn.seed);
  const { extensions, groups } = extendTriggers(base, learntGroups, candidates, tried);
  const triggers = writeTriggers(groups, base);
  return {
    policy: withTriggers(withExtensions(base, extensions), triggers, 'after'),
    place: 'after',
    triggers,
    extensions,
  };
}

const NO_CATCHES: Catches = { right: 0, wrong: 0, rightExamples: [], wrongExamples: [], should: new Map() };

const catchesOf = ({ byTrigger }: Measured, id: string): Catches => byTrigger.get(id) ?? NO_CATCHES;

function notLearnt({ triggers, default_category: rest }: Policy, lessons: readonly Lesson[]): Suggestion['notLearnt'] {
  const set = new Set(triggers.map(({ actions }) => actions.category));
  const counts = new Map<string, number>();
  for (const { category } of lessons)
    if (category !== rest && !set.has(category)) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].map(([category, texts]) => ({ category, texts })).toSorted((a, b) => b.texts - a.texts);
}
