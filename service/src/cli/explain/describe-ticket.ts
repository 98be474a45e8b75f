// How is one ticket's decision printed: as data, and for a person?
import type { Decision, Policy } from '@deskwright/shared';
import { explainSentence } from '../../capabilities/explain-sentence.ts';
import type { TicketInFile } from './ticket-row.ts';

/** One line of JSON. `tags` are those that triggers add; `category__<id>` and `tier__<id>` come beside them. */
export function toJsonLine({ id, row }: TicketInFile, decision: Decision, policy: Policy): string {
  const { category, tier, priority, tags, survey, nearestMiss } = decision;
  return JSON.stringify({
    row,
    id,
    category: category.value,
    tier: tier.value,
    priority: priority.value,
    tags: tags.map((tag) => tag.value),
    survey: survey.value,
    reasons: {
      sentence: explainSentence(decision, policy),
      category: category.reason,
      tier: tier.reason,
      priority: priority.reason,
      tags: Object.fromEntries(tags.map((tag) => [tag.value, tag.reason])),
      survey: survey.reason,
      nearestMiss,
    },
  });
}

/** A line or two for a person. Never the ticket's own words beyond those that decided. */
export function toSentences({ id, row }: TicketInFile, decision: Decision, policy: Policy): string {
  const { priority, tags, survey, nearestMiss } = decision;
  const extras = [
    priority.value === null ? [] : [`priority ${priority.value}`],
    tags.length === 0 ? [] : [`tags ${tags.map((tag) => tag.value).join(', ')}`],
    [survey.value === null ? 'no survey' : `then ${survey.value.toUpperCase()}`],
  ].flat();
  const missed = nearestMiss === null ? '' : `\n    nearest miss: "${nearestMiss.title}"`;
  return `${id === null ? `row ${row}` : `#${id}`}  ${explainSentence(decision, policy)}; ${extras.join('; ')}${missed}`;
}
