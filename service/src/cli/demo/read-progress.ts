// Reads from the running service how much of the backlog it has processed, and its warnings.
import { z } from 'zod';

export interface Progress {
  /** Whether the first import of open tickets is complete. */
  imported: boolean;
  open: number;
  decided: number;
  writesWaiting: number;
  failed: number;
  viewsInOrder: number;
  /** Out-of-order views that the policy only warns about (`keep: warn`). */
  viewsWarnedOf: number;
  views: number;
  mailsSent: number;
  answers: number;
  /** The policy file on disk was refused; the last valid one is in force. */
  policyRefused: boolean;
}

/** Reads the service's `/metrics`; null while it does not answer or cannot read its database. */
export async function readProgress(serviceUrl: string): Promise<Progress | null> {
  const answer = await fetch(`${serviceUrl}/metrics`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return answer?.ok ? readMetrics(await answer.text()) : null;
}

/** Sums the samples of the Prometheus text that the demo shows; null if those counted in the database are missing. @internal */
export function readMetrics(text: string): Progress | null {
  if (!/^deskwright_import_done /m.test(text)) return null;
  const sum = (name: string, ...labels: string[]): number =>
    text
      .split('\n')
      .filter(
        (line) =>
          (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && labels.every((label) => line.includes(label)),
      )
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    imported: sum('deskwright_import_done') > 0,
    open: sum('deskwright_open_tickets'),
    decided: sum('deskwright_open_tickets', 'decided="true"'),
    writesWaiting:
      sum('deskwright_outbox_effects', 'kind="ticket_change"', 'state="waiting"') +
      sum('deskwright_outbox_effects', 'kind="ticket_change"', 'state="in_flight"'),
    failed:
      sum('deskwright_outbox_effects', 'state="dead_lettered"') +
      sum('deskwright_inbox_events', 'state="dead_lettered"'),
    viewsInOrder: sum('deskwright_views', 'state="in_order"') + sum('deskwright_views', 'state="repaired"'),
    viewsWarnedOf: sum('deskwright_views', 'state="out_of_order"'),
    views: sum('deskwright_views'),
    mailsSent: sum('deskwright_invitations', 'state="sent"'),
    answers: sum('deskwright_invitations', 'state="answered"'),
    policyRefused: /^deskwright_policy_valid 0$/m.test(text),
  };
}

const readyAnswer = z.object({ checks: z.record(z.string(), z.object({ warning: z.string().optional() })) });

/** The checks that nothing else in the demo shows: a refused policy is reported with the progress. */
const SHOWN_CHECKS = ['names', 'webhooks'];

/** From the service's `/readyz`; null while it does not answer. */
export async function readWarnings(serviceUrl: string): Promise<string[] | null> {
  const answer = await fetch(`${serviceUrl}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  const { data } = readyAnswer.safeParse(await answer?.json().catch(() => null));
  return data ? SHOWN_CHECKS.flatMap((name) => data.checks[name]?.warning ?? []) : null;
}
