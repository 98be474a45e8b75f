// Reads what the policy's triggers decided, and where guidance is missing.
import type { FigureId, Rules } from '@deskwright/shared/contract';
import { readFigures, readRuleHits, readTopics } from '../../history/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import type { SectionDeps } from '../section-deps.ts';

const FIGURES = [
  'automatic_rate',
  'override_rate',
  'other_share',
  'guidance_coverage',
  'steps_followed',
] as const satisfies readonly FigureId[];

export async function readRules({ db, policy, clock }: SectionDeps, asked: Asked): Promise<Rules> {
  const { policy: inForce } = policy.current();
  const query = askedPeriods(asked, inForce.time_zone, clock());
  const [hits, figures, topics] = await Promise.all([
    readRuleHits(db, query),
    readFigures(db, query, FIGURES),
    readTopics(db, { ...query, before: null }, inForce),
  ]);
  const found = new Map(hits.map((hit) => [hit.trigger, hit]));
  const triggers = inForce.triggers.map(({ id, title }) => ({ id, name: title ?? id }));
  const known = new Set(triggers.map(({ id }) => id));
  // Triggers that are no longer in the policy, and tickets that no trigger decided, are shown with what they decided.
  const others = hits
    .filter(({ trigger }) => !known.has(trigger))
    .map(({ trigger }) => ({ id: trigger, name: trigger }));
  const guided = new Set(inForce.categories.filter(({ guidance }) => guidance !== undefined).map(({ id }) => id));
  return {
    rules: [...triggers, ...others].map(({ id, name }) => {
      const { decided = 0, overruled = 0, lastHit = null } = found.get(id) ?? {};
      return { id, name, decided, overruled, lastHit: lastHit?.toISOString() ?? null };
    }),
    figures,
    withoutGuidance: topics.filter(({ id }) => !guided.has(id)).map(({ id, name, n }) => ({ id, name, n })),
  };
}
