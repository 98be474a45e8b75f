// Compares what a test of the policy expects with what is decided.
import type { Decision } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import type { CompiledTrigger } from '../../decide/compile-trigger.ts';
import { evaluateCriteria } from '../../decide/escalation.ts';
import { explainReason } from '../../decide/explain-sentence.ts';
import { explainDrivers } from '../../decide/find-drivers.ts';
import { blockersOf } from '../../decide/rules/condition-tree.ts';
import { describeUnmet, whyNotAsked } from '../../decide/why-not-asked.ts';
import {
  type Difference,
  type ExpectedKey,
  factsAfter,
  factsWhenSolved,
  givenFacts,
  type Judged,
  type PolicyTest,
} from './given-facts.ts';
import { judgeRefund } from './judge-refund.ts';

/** The differences, in the order in which the policy writes the keys; none: the test passes. */
export function judgeTest(judged: Judged): Difference[] {
  const keys = Object.keys(judged.test.expect) as ExpectedKey[];
  return keys.flatMap((key) => judge(judged, key) ?? []);
}

function judge(judged: Judged, key: ExpectedKey): Difference | null {
  const { test, decision } = judged;
  const expected = test.expect[key];
  if (expected === undefined) return null;
  switch (key) {
    case 'category':
      return differs(key, String(expected), decision.category.value, () =>
        explainCategory(judged, ({ category }) => category === expected),
      );
    case 'trigger':
      return differs(key, String(expected), decidingTrigger(decision), () =>
        explainCategory(judged, ({ id }) => id === expected),
      );
    case 'tier':
      return differs(key, String(expected), decision.tier.value, () => explainImplied(decision, key));
    case 'survey':
      return judgeSurvey(String(expected), judged);
    case 'priority':
      return judgePriority(String(expected), judged);
    case 'tags':
    case 'tags_include':
      return judgeTags(key, expected as readonly string[], judged);
    case 'escalation_criteria':
      return judgeCriteria(expected as readonly string[], judged);
    case 'drivers':
      return judgeDrivers(expected as readonly string[], judged);
    case 'refund_limit':
    case 'refund':
    case 'refund_rule':
      return judgeRefund(key, expected as string | number, judged);
  }
}

function differs(key: ExpectedKey, expected: string, got: string, because: () => string): Difference | null {
  return expected === got ? null : { key, expected, got, because: because() };
}

function explainImplied({ category, ...decision }: Decision, key: 'tier' | 'survey'): string {
  const implied =
    decision[key].reason.by === 'default'
      ? `the category "${category.value}" names no survey, so default_survey is used`
      : explainReason(decision[key].reason);
  return `${implied}; ${explainReason(category.reason)}`;
}

function judgeSurvey(expected: string, { policy, test, decision }: Judged): Difference | null {
  const { value: kind } = decision.survey;
  const facts = factsAfter(givenFacts(test.given), decision, policy);
  const solved = factsWhenSolved(facts, decision, test.given);
  const excludedBy = kind === null ? null : whyNotAsked(solved, policy.surveys[kind]?.conditions);
  return differs('survey', expected, (excludedBy === null ? kind : null) ?? 'none', () =>
    excludedBy === null ? explainImplied(decision, 'survey') : `the conditions of ${kind} do not hold: ${excludedBy}`,
  );
}

const decidingTrigger = ({ category: { reason } }: Decision): string =>
  reason.by === 'trigger' ? reason.triggerId : 'none';

function judgePriority(expected: string, judged: Judged): Difference | null {
  const { test, decision } = judged;
  const own = test.given.priority ?? null;
  const { value, reason } = decision.priority;
  return differs('priority', expected, value ?? own ?? 'none', () => {
    const because = own === null ? 'no trigger that fires sets one' : 'it is the ticket’s own';
    const others = explainOthers(judged, ({ priority }) => priority === expected);
    return [value === null ? because : explainReason(reason), ...others].join('; ');
  });
}

function judgeTags(
  key: 'tags' | 'tags_include',
  expected: readonly string[],
  judged: Pick<Judged, 'compiled' | 'test' | 'decision'>,
): Difference | null {
  const { tags } = judged.decision;
  const added = tags.map(({ value }) => value);
  const missing = expected.filter((tag) => !added.includes(tag));
  const more = key === 'tags' ? tags.filter(({ value }) => !expected.includes(value)) : [];
  if (missing.length === 0 && more.length === 0) return null;
  const because = [
    ...(missing.length > 0 ? [`no trigger that fires adds ${missing.join(', ')}`] : []),
    ...explainOthers(judged, (trigger) => trigger.tags.some((tag) => missing.includes(tag))),
    ...more.map(({ value, reason }) => `${value}: ${explainReason(reason)}`),
  ];
  return { key, expected: listed(expected), got: listed(added), because: because.join('; ') };
}

function judgeCriteria(expected: readonly string[], { policy, compiled, test, decision }: Judged): Difference | null {
  const tier = decision.tier.value;
  const then = factsAfter(givenFacts(test.given), decision, policy);
  const hold = evaluateCriteria(then, compiled.criteria, tier, new Set()).filter(({ holds }) => holds === true);
  const texts = hold.map(({ text }) => text);
  if (expected.length === texts.length && expected.every((text) => texts.includes(text))) return null;
  return {
    key: 'escalation_criteria',
    expected: listed(expected),
    got: listed(texts),
    because: `these are the criteria of tier ${tier} whose conditions hold`,
  };
}

function judgeDrivers(expected: readonly string[], { policy, test }: Judged): Difference | null {
  const { lexicon } = policy.surveys;
  const { comment, description = '' } = test.given;
  const { seen } = explainDrivers(comment ?? description, lexicon);
  const found = [...new Set(seen.map(({ driver }) => driver))];
  const missing = expected.filter((driver) => !found.includes(driver));
  const more = seen.filter(({ driver }) => !expected.includes(driver));
  if (missing.length === 0 && more.length === 0) return null;
  const because = [
    ...missing.map((driver) => `none of the words of ${driver} is in it`),
    ...more.map(({ driver, condition }) => `${driver}: it says ${listed([condition.saw ?? []].flat().map(quote))}`),
  ];
  return { key: 'drivers', expected: listed(expected), got: listed(found), because: because.join('; ') };
}

const quote = (word: unknown): string => `"${String(word)}"`;

const listed = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join(', '));

interface Explained {
  readonly compiled: CompiledPolicy;
  readonly test: PolicyTest;
  readonly decision: Decision;
}

/** Further triggers that would have done it are not mentioned. */
const MOST_TRIGGERS = 3;

/**
 * `the text says "order" (trigger "Is about an order"); trigger refund-wording did not fire: text includes_any "refund", "money back"`.
 * @param wasExpected the triggers that would have decided as the test expects
 */
function explainCategory(
  { compiled, test, decision }: Explained,
  wasExpected: (trigger: CompiledTrigger) => boolean,
): string {
  const { reason } = decision.category;
  const above = reason.by === 'trigger' ? `, and ${reason.triggerId} is above it` : ', and sets no category';
  return [explainReason(reason), ...explainOthers({ compiled, test }, wasExpected, ` fired too${above}`)].join('; ');
}

/**
 * One part for each of the triggers that came nearest, with the conditions that were not met.
 * @param fired what is said of one that fired all the same
 */
function explainOthers(
  { compiled, test }: Pick<Explained, 'compiled' | 'test'>,
  wasExpected: (trigger: CompiledTrigger) => boolean,
  fired = ' fired',
): string[] {
  const { rules, answer } = compiled.rules;
  const { distances, met, trace } = answer(givenFacts(test.given));
  return compiled.triggers
    .flatMap((trigger, place) =>
      wasExpected(trigger) ? [{ id: trigger.id, place, distance: distances[place] ?? 0 }] : [],
    )
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, MOST_TRIGGERS)
    .map(({ id, place, distance }) => {
      if (distance === 0) return `trigger ${id}${fired}`;
      const tree = rules[place]?.tree;
      const missing = tree ? blockersOf(tree, met).map(trace).map(describeUnmet) : [];
      return `trigger ${id} did not fire: ${missing.join('; ')}`;
    });
}
