// Finds what the policy measures tickets by, and when a changed policy changes figures.
import { createHash } from 'node:crypto';
import type { KnownSince } from '../../figures/measure.ts';
import { measureTicket } from '../../figures/measure-ticket.ts';
import { stepsOf } from '../../policy/guidance/guidance.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { MeasureDeps } from './measure-batch.ts';

type Measured = Pick<PolicyWithGuidance, 'policy' | 'guidance'>;

/** @param groupIdOf Zendesk's id of a group, by its name; null: there is none */
export function measuringBy(
  { policy, guidance }: Measured,
  groupIdOf: (name: string) => number | null,
  known: KnownSince | null,
): Pick<MeasureDeps, 'measure' | 'departmentGroups' | 'seenSince'> {
  const context = { policy, groupIdOf, known, steps: stepIds(guidance) };
  return {
    measure: ({ entries, zendesk }) => measureTicket(entries, zendesk, context),
    seenSince: known?.seen ?? null,
    departmentGroups: policy.departments.flatMap(({ group }) => groupIdOf(group) ?? []),
  };
}

/** Of everything that `measureTicket` reads: if it changes, all figures are computed again by the new policy, also those of the past. */
export function digestOf({ policy, guidance }: Measured): string {
  const { time_zone, business_hours, targets, default_category, tiers, categories, departments } = policy;
  const measured = {
    time_zone,
    business_hours,
    default_category,
    targets: targets.map(({ tier, priority, channel, first_reply, next_reply }) => [
      tier,
      priority,
      channel,
      first_reply,
      next_reply,
    ]),
    tiers: tiers.map(({ id, group, escalates_to }) => [id, group, escalates_to]),
    guided: categories.filter((category) => category.guidance !== undefined).map(({ id }) => id),
    departments: departments.map(({ id, group, hours, answers_within }) => [id, group, hours, answers_within]),
    steps: [...stepIds(guidance)].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
  return createHash('sha256').update(JSON.stringify(measured)).digest('hex');
}

const stepIds = (guidance: Measured['guidance']): Map<string, readonly string[]> =>
  new Map([...guidance].map(([category, { blocks }]) => [category, stepsOf(blocks).map(({ id }) => id)]));
