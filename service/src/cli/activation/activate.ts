// `deskwright activate` and `deskwright pause`: show what would change, ask, and record who changed it and why.
import { nearestSpelling, type Policy } from '@deskwright/shared';
import { readGroups } from '../../directory/directory.ts';
import {
  type Acting,
  describeActing,
  readActing,
  recordActivation,
  releaseCovered,
  type ScopedKind,
} from '../../platform/outbox/activation.ts';
import type { Database } from '../../platform/storage/database.ts';
import { type Changes, countChanges, type WantedScope } from './count-changes.ts';

export interface ActivateOptions {
  readonly db: Database;
  readonly policy: Pick<Policy, 'mode' | 'views' | 'zendesk'>;
  /** Act only on tickets opened from now on. */
  readonly newOnly: boolean;
  /** Act only on tickets of this group of Zendesk. Null: on all. */
  readonly group: string | null;
  readonly why: string | null;
  /** The person's name on this machine. */
  readonly who: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Every kind of effect. */
  readonly effects: readonly ScopedKind[];
  readonly now: () => Date;
  /** Whether the person agrees. */
  readonly ask: (question: string) => Promise<boolean>;
  readonly out: (text: string) => void;
}

/**
 * `deskwright activate`.
 * @returns the exit code: 0 it acts now (or would), 1 the person or the policy said no
 * @throws Error with what to do when the group is unknown
 */
export async function runActivate(options: ActivateOptions): Promise<0 | 1> {
  const { db, policy, json, out, dryRun } = options;
  const scope = await readScope(options);
  const now = options.now();
  const [before, changes] = [await readActing(db), await countChanges(db, scope, { policy, now })];
  if (policy.mode === 'observe') {
    const message = 'The policy has mode: observe, so Deskwright only watches. Remove that line first.';
    out(json ? JSON.stringify({ ok: false, error: message }) : message);
    return 1;
  }
  if (!json) out([`Deskwright ${describeActing(before)}.`, '', ...describeChanges(scope, changes, now)].join('\n'));
  const isAgreed = !dryRun && (await options.ask(`Let Deskwright act on ${nameOf(scope)}?`));
  if (isAgreed) await begin(options, scope);
  if (json) out(JSON.stringify({ ok: isAgreed || dryRun, activated: isAgreed, scope, changes }));
  else if (isAgreed) out(`Deskwright acts on ${nameOf(scope)} from now on. \`deskwright pause\` stops it at once.`);
  else out(dryRun ? 'Nothing was activated (--dry-run).' : 'Nothing was activated.');
  return isAgreed || dryRun ? 0 : 1;
}

async function readScope({ db, newOnly, group }: ActivateOptions): Promise<WantedScope> {
  if (newOnly && group !== null) throw new Error('Give --new-only or --group, not both.');
  if (newOnly) return { kind: 'new_tickets' };
  if (group === null) return { kind: 'all' };
  const groups = await readGroups(db);
  const id = groups.get(group);
  if (id !== undefined) return { kind: 'group', id, name: group };
  const nearest = nearestSpelling(group, [...groups.keys()]);
  throw new Error(
    groups.size === 0
      ? "The account's groups are not known yet. Start the service, wait until /readyz is fine, and try again."
      : `Zendesk has no group "${group}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`} There are: ${[...groups.keys()].join(', ')}.`,
  );
}

async function begin({ db, effects, who, why }: ActivateOptions, scope: WantedScope): Promise<void> {
  await db.transaction(async (tx) => {
    const group = scope.kind === 'group' ? { groupId: scope.id, groupName: scope.name } : {};
    await recordActivation(tx, { mode: 'act', scope: scope.kind, ...group, who, why });
    await releaseCovered(tx, effects);
  });
}

function nameOf(scope: WantedScope): string {
  switch (scope.kind) {
    case 'all':
      return 'the whole account';
    case 'new_tickets':
      return 'tickets opened from now on';
    case 'group':
      return `tickets of the group "${scope.name}"`;
  }
}

function describeChanges(scope: WantedScope, changes: Changes, now: Date): string[] {
  const { tickets, notes, moves, views, mails, calls, minutes } = changes;
  const duration = minutes <= 1 ? 'a minute' : `${minutes} minutes`;
  return [
    'At once it would change:',
    `  tickets  ${tickets}, of which ${moves} move to another group and ${notes} get an internal note`,
    `  views    ${scope.kind === 'all' ? views.join('; ') || 'none, all are in order' : 'none: they are left alone until it acts on the whole account'}`,
    `  mails    ${mails}, for surveys that are due`,
    ...listSurveys(changes, now),
    `  calls    about ${calls} to Zendesk, within about ${duration}`,
    '',
  ];
}

/** Printed; `--json` has more of them. */
const SHOWN = 20;

function listSurveys({ surveys }: Changes, now: Date): string[] {
  const lines = surveys.slice(0, SHOWN).map(({ ticketId, survey, requesterId, dueAt }) => {
    const when = new Date(dueAt) <= now ? 'at once' : dueAt;
    return `             ticket ${ticketId}, ${survey} to user ${requesterId}, ${when}`;
  });
  return surveys.length > SHOWN
    ? [...lines, `             and ${surveys.length - SHOWN} more (--json lists them)`]
    : lines;
}

interface PauseOptions {
  readonly db: Database;
  /** The person's name on this machine. */
  readonly who: string;
  readonly why: string | null;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/** `deskwright pause`: calls under way end, no other begins, in any process. Exit code 0. */
export async function runPause({ db, who, why, json, out }: PauseOptions): Promise<0> {
  const { mode, scope, groupName } = await readActing(db);
  if (mode === 'act') await recordActivation(db, { mode: 'observe', scope: 'all', who, why });
  if (json) out(JSON.stringify({ ok: true, paused: mode === 'act' }));
  else
    out(
      mode === 'act'
        ? `Paused: Deskwright only watches from now on. To go on as before: ${GO_ON[scope](groupName)}`
        : 'Deskwright only watches already.',
    );
  return 0;
}

/** What was recorded meanwhile is written then, as far as it is covered. */
const GO_ON: Readonly<Record<Acting['scope'], (groupName: string | null) => string>> = {
  all: () => '`deskwright activate`, which also writes what is recorded meanwhile.',
  new_tickets: () => '`deskwright activate --new-only`, for tickets opened from then on.',
  group: (name) =>
    `\`deskwright activate --group "${name}"\`, which also writes what is recorded meanwhile in that group.`,
};
