// Finds in a ticket's history how it came out: its category, when it was solved and reopened, and its surveys.
import { type SolveSurvey, SURVEYS } from '@deskwright/shared';
import { responsible } from './conversation.ts';
import type { HistoryEntry } from './history-entry.ts';
import { isReopening, isSolve, type Standing, type Step, type Timeline } from './timeline.ts';

/** The `detail` of a category that no trigger set: the default one. */
export const NO_TRIGGER = 'none';

interface Categorised {
  /** The trigger that decided, or `none`; null: the policy set no category. */
  readonly by: string | null;
  /** The category it has is what a trigger gave it. */
  readonly isAutomatic: boolean;
  /** A person gave it another category than the policy, and it still has another. */
  readonly override: HistoryEntry | null;
}

/** A correction that was undone leaves no trace: the category is again what the policy had set. Null: the ticket has no category. */
export function readCategory({ steps, last }: Timeline): Categorised | null {
  if (last.category === null) return null;
  const entries = steps.map(({ entry }) => entry).filter(({ kind }) => kind === 'category');
  const decided = entries.findLast(({ actor }) => actor === 'us');
  if (decided === undefined) return { by: null, isAutomatic: false, override: null };
  const stands = last.category === decided.value;
  const later = entries.slice(entries.indexOf(decided) + 1);
  const overruledAt = later.findLastIndex(({ value }) => value === decided.value) + 1;
  return {
    by: decided.rule ?? NO_TRIGGER,
    isAutomatic: stands && decided.rule !== null,
    override: stands ? null : (later.slice(overruledAt).find(({ actor }) => actor === 'agent') ?? null),
  };
}

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

/** Finds when a ticket was solved and reopened, by whom, and how long its customer waited for us. */
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

interface Answer {
  readonly survey: SolveSurvey;
  /** Epoch milliseconds: of the first answer. */
  readonly at: number;
  /** Of the latest one. */
  readonly score: number;
  readonly askedAt: number | null;
}

interface Surveyed {
  readonly asked: readonly { readonly survey: string; readonly at: number; readonly isAnswered: boolean }[];
  readonly answers: readonly Answer[];
}

/** Each invitation is answered once; a changed answer replaces the score, and one that a machine gave is withdrawn. */
export function readSurveys({ steps }: Timeline): Surveyed {
  const asked = new Map<string, { survey: string; at: number }>();
  const answers = new Map<string, Answer>();
  for (const { entry, at } of steps) {
    const { kind, value, ref } = entry;
    if (value === null) continue;
    if (kind === 'survey_asked') {
      const key = `${value} ${ref}`;
      if (!asked.has(key)) asked.set(key, { survey: value, at });
    }
    if (kind !== 'survey_answered') continue;
    const [name, score] = value.split(':');
    const survey = SURVEYS.find((one) => one === name);
    const key = `${name} ${ref}`;
    if (score === 'withdrawn') answers.delete(key);
    if (survey === undefined || !score || !Number.isFinite(Number(score))) continue;
    const first = answers.get(key)?.at ?? at;
    answers.set(key, { survey, at: first, score: Number(score), askedAt: asked.get(key)?.at ?? null });
  }
  return {
    asked: [...asked].map(([key, one]) => ({ ...one, isAnswered: answers.has(key) })),
    answers: [...answers.values()],
  };
}
