// Finds when a ticket was solved and reopened, by whom, and how long its customer waited for us.
import { responsible } from './conversation.ts';
import { isReopening, isSolve, type Standing, type Step, type Timeline } from './timeline.ts';

/** Times in epoch milliseconds. */
export interface Solve {
  readonly at: number;
  readonly standing: Standing;
  readonly groupId: number | null;
  readonly agentId: number | null;
  readonly byAutomation: boolean;
}

export interface Resolution {
  readonly solves: readonly Solve[];
  readonly reopenings: readonly { readonly at: number; readonly solve: Solve | null; readonly standing: Standing }[];
}

export function readResolution({ steps }: Timeline): Resolution {
  const solves: Solve[] = [];
  const reopenings: Resolution['reopenings'][number][] = [];
  for (const step of steps) {
    if (isSolve(step)) solves.push(solveOf(step));
    else if (isReopening(step)) reopenings.push({ at: step.at, solve: solves.at(-1) ?? null, standing: step.after });
  }
  return { solves, reopenings };
}

function solveOf(step: Step): Solve {
  const byAutomation = step.entry.actor === 'zendesk' || step.entry.actor === 'us';
  return { at: step.at, standing: step.after, ...responsible(step), byAutomation };
}

/** Zendesk's requester wait time: in `new`, `open` and `hold`. */
const WAITING: ReadonlySet<string | null> = new Set(['new', 'open', 'hold']);

/** The stretches until `until` in which the ticket waited for us, in epoch milliseconds. */
export function stretchesWaiting({ steps }: Timeline, until: number): [from: number, to: number][] {
  const stretches: [number, number][] = [];
  let from: number | null = null;
  for (const { at, after } of steps) {
    if (at > until) break;
    const waits = WAITING.has(after.status);
    if (waits) from ??= at;
    if (waits || from === null) continue;
    if (at > from) stretches.push([from, at]);
    from = null;
  }
  if (from !== null && until > from) stretches.push([from, until]);
  return stretches;
}
