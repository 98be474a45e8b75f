// Makes the report on triggers in shadow from what is stored.
import { readGroups } from '../../directory/directory.ts';
import { readShadow, type ShadowTrigger } from '../../history/index.ts';
import type { Report } from '../engine/report.ts';
import type { ReadDeps } from '../report-request.ts';
import { buildShadowReport } from './build-shadow-report.ts';

interface ShadowRequest {
  /** Up to now. */
  readonly since: Date;
  /** Its id; undefined: all. */
  readonly trigger: string | undefined;
}

/** @throws Error for a trigger that the policy does not have and that decided nothing in shadow */
export async function makeShadowReport(
  { db, policy: { policy }, now, link, ticketUrl }: ReadDeps,
  { since, trigger }: ShadowRequest,
): Promise<Report> {
  const groups = await readGroups(db);
  const period = { from: since, to: now };
  const found = await readShadow(db, { ...period, policy, groupId: (name) => groups.get(name) ?? null, trigger });
  const wanted = policy.triggers.filter(({ id, mode }) =>
    trigger === undefined ? mode !== undefined && mode !== 'act' : id === trigger,
  );
  if (trigger !== undefined && wanted.length === 0 && found.length === 0)
    throw new Error(
      `The policy has no trigger "${trigger}", and none of that name was in shadow since ${since.toISOString()}.`,
    );
  const others = wanted.filter(({ id }) => !found.some((one) => one.trigger === id)).map(({ id }) => unseen(id));
  return buildShadowReport({ policy, period, triggers: [...found, ...others], now, link, ticketUrl });
}

/** No ticket was decided yet since it is in shadow. */
const unseen = (trigger: string): ShadowTrigger => ({
  trigger,
  saw: 0,
  changed: 0,
  moves: [],
  samples: [],
  chosen: { n: 0, asShadow: 0, asActing: 0 },
});
