// Reads what the policy's triggers decided, and where guidance is missing.
import { type Policy, shareOf } from '@deskwright/shared';
import type { FigureId, Rules, ShadowRow } from '@deskwright/shared/contract';
import { TOO_FEW_BELOW, wilsonInterval } from '../../figures/intervals.ts';
import { readFigures, readRuleHits, readShadow, readTopics, type ShadowTrigger } from '../../history/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import type { SectionDeps } from '../section-deps.ts';

const FIGURES = [
  'automatic_rate',
  'override_rate',
  'other_share',
  'guidance_coverage',
  'steps_followed',
] as const satisfies readonly FigureId[];

export async function readRules({ db, policy, directory, clock }: SectionDeps, asked: Asked): Promise<Rules> {
  const { policy: inForce } = policy.current();
  const query = askedPeriods(asked, inForce.time_zone, clock());
  const groupId = (name: string) => directory.current()?.groupId(name) ?? null;
  const { from, to } = query;
  const [hits, figures, topics, shadow] = await Promise.all([
    readRuleHits(db, query),
    readFigures(db, query, FIGURES),
    readTopics(db, { ...query, before: null }, inForce),
    readShadow(db, { from, to, policy: inForce, groupId }),
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
    shadow: shadowRows(inForce, shadow),
    figures,
    // A ticket without a category has the id ''; no guidance could be written for it.
    withoutGuidance: topics
      .filter(({ id }) => id !== '' && !guided.has(id))
      .map(({ id, name, n }) => ({ id, name, n })),
  };
}

/** Those in shadow now, and those that were in the period; the latter have decided something there. */
function shadowRows({ mode, triggers }: Policy, found: readonly ShadowTrigger[]): ShadowRow[] {
  const shares = new Map(triggers.map((trigger) => [trigger.id, Math.min(shareOf(mode), shareOf(trigger.mode))]));
  const ids = [...shares.keys()].filter(
    (id) => (shares.get(id) ?? 100) < 100 || found.some((one) => one.trigger === id),
  );
  const gone = found.flatMap(({ trigger }) => (shares.has(trigger) ? [] : [trigger]));
  return [...ids, ...gone].map((id) => {
    const { saw = 0, changed = 0, chosen = NOTHING_CHOSEN } = found.find(({ trigger }) => trigger === id) ?? {};
    const name = triggers.find((trigger) => trigger.id === id)?.title ?? id;
    // No trigger, which is the default category, acts as the file does; one that is gone acts no more.
    const judged = {
      ...chosen,
      interval: wilsonInterval(chosen.asShadow, chosen.n),
      tooFew: chosen.n < TOO_FEW_BELOW,
    };
    return { id, name, share: shares.get(id) ?? (id === 'none' ? shareOf(mode) : 0), saw, changed, chosen: judged };
  });
}

const NOTHING_CHOSEN = { n: 0, asShadow: 0, asActing: 0 };
