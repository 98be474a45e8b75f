// `deskwright surveys skipped`: who was not surveyed or reminded, counted by reason.
import { explainNotSent, readSkipped } from '../../surveys/index.ts';
import type { SwitchDeps } from './switch-surveys.ts';

const DAY_MS = 86_400_000;

/** @param days how far back */
export async function runSkipped(
  { db, json, out, now }: Pick<SwitchDeps, 'db' | 'json' | 'out' | 'now'>,
  days: number,
): Promise<0> {
  const skipped = await readSkipped(db, { from: new Date(now.getTime() - days * DAY_MS), to: now });
  if (json) out(JSON.stringify({ days, skipped }, null, 2));
  else if (skipped.length === 0) out(`Nobody was left out in the last ${days} days.`);
  else
    out(
      [
        `Not sent in the last ${days} days:`,
        ...skipped.map(({ survey, what, cause, reason, n }) => {
          const which = what === 'reminder' ? `${survey} reminder` : `${survey} (${CAUSES[cause]})`;
          return `  ${String(n).padStart(6)}  ${which}: ${explainNotSent(reason)}`;
        }),
      ].join('\n'),
    );
  return 0;
}

const CAUSES = { solve: 'after a solve', campaign: 'campaign', request: 'asked for by an agent' } as const;
