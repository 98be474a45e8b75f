// Describes what decided each part of a decision, with the value each condition saw.
import type { ConditionTrace, Decision, Reason } from '@deskwright/shared';

/** One line per part, tag and condition. */
export function* describeReasons(decision: Decision): Generator<string> {
  const parts = {
    category: decision.category,
    tier: decision.tier,
    priority: decision.priority,
    survey: decision.survey,
  };
  for (const [name, part] of Object.entries(parts)) {
    yield `  ${name} ${part.value ?? 'unchanged'}: ${describeReason(part.reason)}`;
    if (part.reason.by === 'trigger')
      for (const condition of part.reason.conditions) yield `    ${describeCondition(condition)}`;
  }
  for (const tag of decision.tags) yield `  tag ${tag.value}: ${describeReason(tag.reason)}`;
  const miss = decision.nearestMiss;
  if (!miss) return;
  yield `  nearest policy trigger that did not fire: "${miss.title}" (${miss.triggerId}), by`;
  for (const condition of miss.missedBy) yield `    ${describeCondition(condition)}`;
}

function describeReason(reason: Reason): string {
  switch (reason.by) {
    case 'trigger':
      return `trigger "${reason.title}" (${reason.triggerId})`;
    case 'category':
      return `follows from the category ${reason.categoryId}`;
    case 'default':
      return `the policy's ${reason.key}`;
    case 'human':
      return `a person changed the ${reason.what}`;
    case 'nothing':
      return 'the policy does not set it';
  }
}

/** Words that a trigger found are the policy's own words, not the customer's; other values are fields such as status or group. */
export function describeCondition({ field, operator, wanted, saw, held, inVain }: ConditionTrace): string {
  const line = `${held ? 'yes' : 'no '}  ${field} ${operator} ${JSON.stringify(wanted) ?? ''}  saw ${formatSeen(field, saw)}`;
  return inVain ? `${line}  (no effect: other conditions of its group did not hold)` : line;
}

const HOURS: ReadonlySet<string> = new Set(['waiting_hours', 'created_hours_ago']);

/** Formats hours for people: `0.0204` is `1 min`. */
function formatSeen(field: string, saw: unknown): string {
  if (!HOURS.has(field) || typeof saw !== 'number') return JSON.stringify(saw);
  const minutes = Math.floor(saw * 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
