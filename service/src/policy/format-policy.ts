// Formats for the operator: a summary of a policy, a problem in it, a name that the account does not have.

import { dirname, relative } from 'node:path';
import { describeProblem, type Policy, type PolicyProblem } from '@deskwright/shared';
import type { UnknownName } from './find-unknown-names.ts';

/** About a dozen lines for the terminal: tiers with their categories, triggers, views, surveys, guidance, refunds. */
export function summarisePolicy(policy: Policy): string {
  return [
    `${policy.company}, ${policy.time_zone}`,
    `  open      ${describeHours(policy.business_hours)}`,
    ...policy.tiers.map((tier, index) => `${index === 0 ? '  tiers   ' : '          '}  ${describeTier(tier, policy)}`),
    `  default   category ${policy.default_category}, survey ${policy.default_survey}`,
    `  triggers  ${describeTriggers(policy)}`,
    `  views     ${policy.views.map((view) => `${view.title ?? `id ${view.id}`} (${view.order.replaceAll('_', ' ')}, ${view.keep})`).join('; ') || 'none'}`,
    `  surveys   ${describeSurveys(policy)}`,
    `  guidance  ${describeGuidance(policy)}`,
    `  targets   ${policy.targets.length || 'none'}`,
    `  hand-offs ${policy.departments.map(({ name }) => name).join(', ') || 'none'}`,
    `  refunds   ${describeRefunds(policy)}`,
    `  tests     ${policy.tests.length || 'none'}`,
    `  zendesk   at most ${policy.zendesk.writes_per_minute} ticket updates a minute`,
  ].join('\n');
}

function describeHours({ weekdays, holidays }: Policy['business_hours']): string {
  const open = Object.entries(weekdays).map(([days, hours]) => `${days} ${hours}`);
  if (open.join() === 'mon-sun 00:00-24:00' && holidays.length === 0) return 'always';
  return `${open.join('; ')}; ${holidays.length} holidays`;
}

function describeTier(tier: Policy['tiers'][number], policy: Policy): string {
  const categories = policy.categories.filter((category) => category.tier === tier.id).map((category) => category.id);
  const next = tier.escalates_to === undefined ? '' : ` -> ${tier.escalates_to}`;
  return `${tier.id}${next} (${tier.group}): ${categories.join(', ') || 'no category of its own'}`;
}

function describeTriggers({ triggers }: Policy): string {
  const setting = (key: 'category' | 'priority' | 'add_tags') =>
    triggers.filter((trigger) => trigger.actions[key] !== undefined).length;
  return `${triggers.length}, of which ${setting('category')} set a category, ${setting('priority')} a priority, ${setting('add_tags')} tags`;
}

function describeSurveys({ surveys }: Policy): string {
  const { nps, pulse } = surveys;
  const kinds = [
    ...(['csat', 'ces'] as const).flatMap((kind) => {
      const survey = surveys[kind];
      return survey ? [`${kind} after ${survey.delay} to ${survey.sample}`] : [];
    }),
    ...(nps ? [`nps every ${nps.every}${nps.per_day === undefined ? '' : `, at most ${nps.per_day} a day`}`] : []),
    ...(pulse ? [`pulse of agents every ${pulse.every}`] : []),
  ];
  return kinds.length === 0
    ? 'none'
    : `${kinds.join('; ')}; nobody more often than every ${surveys.contact_at_most_every}`;
}

function describeGuidance({ categories }: Policy): string {
  const without = categories.filter(({ guidance }) => guidance === undefined).map(({ id }) => id);
  const most =
    without.length === categories.length
      ? 'none'
      : `${categories.length - without.length} of ${categories.length} categories`;
  return without.length === 0 || most === 'none' ? most : `${most}; none for ${without.join(', ')}`;
}

function describeRefunds({ refunds }: Policy): string {
  if (!refunds) return 'not configured';
  const limits = refunds.limits.map(
    ({ tier, agents = [], per_refund, per_agent_per_day }) =>
      `${tier ?? agents.join(', ')} ${per_refund} each, ${per_agent_per_day} a day`,
  );
  return `${refunds.currency}: ${limits.join('; ') || 'nobody may refund'}`;
}

/** `line 3, column 1: ...` for the policy itself; for guidance with the file's name first, relative to the policy's folder. */
export function formatProblemLine(problem: PolicyProblem, policyPath: string): string {
  const file = problem.file === policyPath ? '' : `${relative(dirname(policyPath), problem.file)}: `;
  return `${file}${describeProblem(problem)}`;
}

/** `config/deskwright.yaml line 8, tier t1: Zendesk has no group "Suport". Did you mean "Support"? Until then its tickets are tagged but not moved`. */
export function formatUnknownName({ place, by, kind, name, didYouMean, effect }: UnknownName): string {
  const what = kind === 'agent' ? `no agent in Zendesk has the address "${name}"` : `Zendesk has no ${kind} "${name}"`;
  const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
  return `${place}, ${by}: ${what}.${hint} Until then ${effect}`;
}
