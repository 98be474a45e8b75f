// Formats one ticket's decision as JSON and as text.
import type { Decision, FullText, Policy } from '@deskwright/shared';
import { explainSentence } from '../../decide/explain-sentence.ts';
import { cutText } from '../../decide/rules/cut-text.ts';
import { sayLeftOut } from './say-left-out.ts';
import type { TicketInFile } from './ticket-row.ts';

/**
 * One line of JSON. `tags` are those that triggers add; `category__<id>` and `tier__<id>` come beside them. `leftOut` is what stands
 * in the description and decides nothing.
 */
export function toJsonLine({ id, row, facts }: TicketInFile, decision: Decision, policy: Policy): string {
  const { category, tier, priority, tags, survey, nearestMiss } = decision;
  return JSON.stringify({
    row,
    id,
    category: category.value,
    tier: tier.value,
    priority: priority.value,
    tags: tags.map((tag) => tag.value),
    survey: survey.value,
    leftOut: leftOut(facts.fullText),
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
export function toSentences({ id, row, facts }: TicketInFile, decision: Decision, policy: Policy): string {
  const { priority, tags, survey, nearestMiss } = decision;
  const extras = [
    priority.value === null ? [] : [`priority ${priority.value}`],
    tags.length === 0 ? [] : [`tags ${tags.map((tag) => tag.value).join(', ')}`],
    [survey.value === null ? 'no survey' : `then ${survey.value.toUpperCase()}`],
  ].flat();
  const missed = nearestMiss === null ? '' : `\n    nearest miss: "${nearestMiss.title}"`;
  return `${id === null ? `row ${row}` : `#${id}`}  ${explainSentence(decision, policy)}; ${extras.join('; ')}${missed}${toldLeftOut(facts.fullText)}`;
}

/** Where each part stands, and how it begins. */
function leftOut(fullText: FullText | undefined) {
  return (fullText?.cuts ?? []).map(({ kind, start, end }) => ({
    kind,
    start,
    end,
    text: cutText(fullText?.description.slice(start, end) ?? ''),
  }));
}

function toldLeftOut(fullText: FullText | undefined): string {
  return fullText === undefined || fullText.cuts.length === 0 ? '' : `\n    left out: ${sayLeftOut(fullText)}`;
}
