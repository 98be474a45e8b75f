// Packs a decision for the log, without what its row and the policy have already, and unpacks it.
import type { ConditionTrace, Decision, NearestMiss, Priority, Reason, SolveSurvey } from '@deskwright/shared';
import { explainSentence } from '../../decide/explain-sentence.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { type PolicyRules, readRules } from './policy-rules.ts';

/**
 * Why a part is what it is. Null: nothing; true: it follows from the ticket's category; a number: the same trigger as a part before it.
 * Triggers and their conditions have the numbers that they have in `PolicyRules`.
 */
type PackedReason =
  | null
  | true
  | number
  | { category: string }
  | { default: string }
  | { human: string }
  | PackedTrigger;

interface PackedTrigger {
  r: number;
  /** What each condition saw. Erasing a ticket empties it, as it does every `saw`. */
  saw: unknown[];
  /** Numbers of the conditions that did not hold. */
  not?: number[];
  /** Numbers of those that held in vain. */
  vain?: number[];
}

/** What a row of the log holds in place of a `Decision`. */
export interface PackedDecision {
  /** For the former version, which expects a reason here. */
  category: { reason: { by: 'nothing' } };
  /** Of category, tier, priority, survey. */
  why: [PackedReason, PackedReason, PackedReason, PackedReason];
  tags?: [string, PackedReason][];
  waitingSince?: number;
  miss?: { r: number; at: number[]; saw: unknown[] };
}

/** What the log holds of a decision: its own columns beside these two. */
export interface LoggedDecision {
  decision: Decision | PackedDecision;
  /** Empty: made from the decision when it is read. */
  sentence: string;
}

interface LoggedRow extends LoggedDecision {
  ticketId: number;
  category: string;
  tier: string;
  priority: string | null;
  survey: string | null;
}

/** A decision that does not fit `rules`, or for which there are none (null), is logged as it is. */
export function packDecision(decision: Decision, sentence: string, rules: PolicyRules | null): LoggedDecision {
  const packed = rules && pack(decision, rules);
  return packed ? { decision: packed, sentence: '' } : { decision, sentence };
}

/**
 * `rules`: those of the row's policy; null: they are no longer known, and the reasons with them. Rows of former versions come back as they are.
 * @internal
 */
export function unpackDecision(row: LoggedRow, rules: PolicyRules | null): { decision: Decision; sentence: string } {
  const { decision: logged, sentence } = row;
  if (!('why' in logged)) return { decision: logged, sentence };
  const decision = unpack(row, logged, rules ?? NO_RULES);
  return { decision, sentence: sentence === '' ? explainSentence(decision, rules ?? NO_RULES) : sentence };
}

const NO_RULES: PolicyRules = { triggers: [], categories: [], tiers: [] };

function pack(decision: Decision, rules: PolicyRules): PackedDecision | null {
  const { category, tier, priority, survey, tags, order, nearestMiss } = decision;
  const known = new Set<number>();
  const reasons = [category, tier, priority, survey, ...tags].map(({ reason }) =>
    packReason(reason, category.value, rules, known),
  );
  const miss = nearestMiss && packMiss(nearestMiss, rules);
  if (reasons.includes(undefined) || miss === undefined) return null;
  const [ofCategory = null, ofTier = null, ofPriority = null, ofSurvey = null, ...ofTags] = reasons;
  return {
    category: { reason: { by: 'nothing' } },
    why: [ofCategory, ofTier, ofPriority, ofSurvey],
    ...(tags.length > 0 && { tags: tags.map(({ value }, n) => [value, ofTags[n] ?? null]) }),
    ...(order.waitingSince !== null && { waitingSince: order.waitingSince }),
    ...(miss && { miss }),
  };
}

/** Undefined: it does not fit `rules`. */
function packReason(
  reason: Reason,
  category: string,
  rules: PolicyRules,
  known: Set<number>,
): PackedReason | undefined {
  switch (reason.by) {
    case 'nothing':
      return null;
    case 'category':
      return reason.categoryId === category ? true : { category: reason.categoryId };
    case 'default':
      return { default: reason.key };
    case 'human':
      return { human: reason.what };
    case 'trigger': {
      const { triggerId, conditions } = reason;
      const r = numberOf(triggerId, rules);
      const own = rules.triggers[r]?.conditions;
      if (own?.length !== conditions.length || !own.every((one, n) => isOf(one, conditions[n]))) return undefined;
      if (known.has(r)) return r;
      known.add(r);
      const not = conditions.flatMap(({ held }, n) => (held ? [] : n));
      const vain = conditions.flatMap(({ inVain }, n) => (inVain ? n : []));
      const saw = conditions.map((one) => one.saw);
      return { r, saw, ...(not.length > 0 && { not }), ...(vain.length > 0 && { vain }) };
    }
  }
}

function packMiss({ triggerId, missedBy }: NearestMiss, rules: PolicyRules): PackedDecision['miss'] {
  const r = numberOf(triggerId, rules);
  const at = missedBy.map((trace) => rules.triggers[r]?.conditions.findIndex((one) => isOf(one, trace)) ?? -1);
  if (at.includes(-1) || missedBy.some(({ held }) => held)) return undefined;
  return { r, at, saw: missedBy.map(({ saw }) => saw) };
}

const numberOf = (triggerId: string, { triggers }: PolicyRules): number =>
  triggers.findIndex(({ id }) => id === triggerId);

function isOf(condition: PolicyRules['triggers'][number]['conditions'][number], trace: ConditionTrace | undefined) {
  const [field, operator, wanted] = condition;
  return (
    field === trace?.field &&
    operator === trace.operator &&
    (wanted === trace.wanted || JSON.stringify(wanted) === JSON.stringify(trace.wanted))
  );
}

function unpack(row: LoggedRow, { why, tags = [], waitingSince, miss }: PackedDecision, rules: PolicyRules): Decision {
  const known = new Map<number, Reason>();
  const reasonOf = (packed: PackedReason): Reason => unpackReason(packed, row.category, rules, known);
  const [category, tier, priority, survey] = why;
  return {
    category: { value: row.category, reason: reasonOf(category) },
    tier: { value: row.tier, reason: reasonOf(tier) },
    priority: { value: row.priority as Priority | null, reason: reasonOf(priority) },
    survey: { value: row.survey as SolveSurvey | null, reason: reasonOf(survey) },
    tags: tags.map(([value, reason]) => ({ value, reason: reasonOf(reason) })),
    order: { waitingSince: waitingSince ?? null, ticketId: row.ticketId },
    nearestMiss: miss ? unpackMiss(miss, rules) : null,
  };
}

function unpackReason(
  packed: PackedReason,
  category: string,
  { triggers }: PolicyRules,
  known: Map<number, Reason>,
): Reason {
  if (packed === null) return { by: 'nothing' };
  if (packed === true) return { by: 'category', categoryId: category };
  if (typeof packed === 'number') return known.get(packed) ?? { by: 'nothing' };
  if ('category' in packed) return { by: 'category', categoryId: packed.category };
  if ('default' in packed) return { by: 'default', key: packed.default };
  if ('human' in packed) return { by: 'human', what: packed.human };
  const trigger = triggers[packed.r];
  if (!trigger) return { by: 'nothing' };
  const conditions = trigger.conditions.map((one, n) => ({
    ...traceOf(one, packed.saw[n]),
    held: !packed.not?.includes(n),
    ...(packed.vain?.includes(n) ? { inVain: true as const } : {}),
  }));
  const reason: Reason = { by: 'trigger', triggerId: trigger.id, title: trigger.title, conditions };
  known.set(packed.r, reason);
  return reason;
}

function unpackMiss(
  { r, at, saw }: NonNullable<PackedDecision['miss']>,
  { triggers }: PolicyRules,
): NearestMiss | null {
  const trigger = triggers[r];
  if (!trigger) return null;
  const missedBy = at.flatMap((place, n) => {
    const one = trigger.conditions[place];
    return one ? { ...traceOf(one, saw[n]), held: false } : [];
  });
  return { triggerId: trigger.id, title: trigger.title, missedBy };
}

/** What it saw may have been erased: of words nothing is left, and of a value null. */
function traceOf(
  [field, operator, wanted]: PolicyRules['triggers'][number]['conditions'][number],
  saw: unknown,
): Pick<ConditionTrace, 'field' | 'operator' | 'wanted' | 'saw'> {
  return { field, operator, wanted, saw: saw === undefined ? (Array.isArray(wanted) ? [] : null) : saw };
}

/** The rows with their decisions and sentences in full. Costs a read for each policy that this process does not know yet. */
export async function readDecisions<T extends LoggedRow & { policyHash: string }>(
  db: Queryable,
  rows: readonly T[],
): Promise<(Omit<T, 'decision'> & { decision: Decision })[]> {
  const rules = new Map<string, PolicyRules | null>();
  for (const { decision, policyHash } of rows)
    if ('why' in decision && !rules.has(policyHash)) rules.set(policyHash, await readRules(db, policyHash));
  return rows.map((row) => ({ ...row, ...unpackDecision(row, rules.get(row.policyHash) ?? null) }));
}
