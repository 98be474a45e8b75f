// `deskwright campaign`: starts, pauses, resumes and stops campaigns, and lists who would be surveyed and when.
import { addDays, localDate, type Policy, startOfDate } from '@deskwright/shared';
import { people } from '../../directory/tables.ts';
import { describeActing, readActing } from '../../platform/outbox/activation.ts';
import { type Database, isAmong } from '../../platform/storage/database.ts';
import {
  addPolicyDuration,
  askAgain,
  listCampaigns,
  type NameOf,
  pauseCampaigns,
  previewCampaign,
  resumeCampaigns,
  startCampaign,
  stopCampaigns,
  type WhichCampaigns,
} from '../../surveys/index.ts';
import { clockOf, readPolicyInForce } from '../clock.ts';
import {
  people as countPeople,
  describeLeftOut,
  describePlan,
  describeStatus,
  peopleShown,
} from './describe-campaign.ts';
import { readPeopleFile } from './read-people-file.ts';

export interface CampaignDeps {
  readonly db: Database;
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly now: Date;
  /** The person's name on this machine. */
  readonly who: string;
}

export interface StartOptions {
  readonly survey: 'nps' | 'pulse';
  readonly policy: Policy;
  /** A file of people; null: everybody, by the policy. */
  readonly csv: string | null;
  /** As the policy lists it; null: none. */
  readonly brand: string | null;
  /** `2026-12-01`; null: tomorrow. */
  readonly from: string | null;
  readonly listsPeople: boolean;
  readonly why: string | null;
  readonly dryRun: boolean;
  /** Whether the person agrees. */
  readonly ask: (question: string) => Promise<boolean>;
  /** Called for people chosen by conditions. */
  readonly readNames: () => Promise<NameOf>;
}

/**
 * @returns the exit code: 0 started or a dry run; 1 the person said no, or nobody would be surveyed
 * @throws Error with what to do when it cannot be started
 */
export async function runStart(deps: CampaignDeps, options: StartOptions): Promise<0 | 1> {
  const { db, json, out, now, who } = deps;
  const { survey, policy, csv, brand, why, dryRun } = options;
  const acting = await readActing(db);
  if (!dryRun && (acting.mode !== 'act' || acting.scope !== 'all'))
    throw new Error(`Deskwright ${describeActing(acting)}: no mail would be sent. See deskwright activate.`);
  const file = csv === null ? null : await readPeopleFile(db, csv);
  const requesterIds = file?.requesterIds ?? null;
  const startsAt = firstMoment(options.from, policy.time_zone, now);
  const nameOf = requesterIds === null ? await options.readNames() : () => null;
  const start = { survey, policy, requesterIds, brand, startsAt, now, nameOf };
  const plan = await previewCampaign(db, start);
  const leftOut = { unknownLines: file?.unknownLines ?? [], unreadableLines: file?.unreadableLines ?? [] };
  if (json && dryRun) out(JSON.stringify({ ...plan, ...leftOut }, null, 2));
  if (!json) {
    const names = await readNames(db, peopleShown(plan, options.listsPeople));
    out(
      describePlan(plan, clockOf(policy), { listsPeople: options.listsPeople, repeats: csv === null }, names).join(
        '\n',
      ),
    );
    for (const line of describeLeftOut(leftOut)) out(line);
  }
  const asked = plan.asks.filter(({ reason }) => reason === null).length;
  if (dryRun) return 0;
  if (asked === 0) return finish('Nobody would be surveyed, so nothing was started.', 1);
  if (!(await options.ask(`Survey ${countPeople(asked)}?`))) return finish('Nothing was started.', 1);
  const { id, endsAt } = await startCampaign(db, { ...start, who, why });
  if (json) out(JSON.stringify({ id, asked, endsAt, ...leftOut }));
  else out(`Campaign ${id} runs. To end it at once: deskwright campaign stop ${id}`);
  return 0;

  function finish(text: string, code: 1): 1 {
    out(json ? JSON.stringify({ started: false, because: text }) : text);
    return code;
  }
}

/** `Ana Díaz <ana@example.com> (user 501)`, of those whom Zendesk still knows: who was forgotten has no row. */
async function readNames(
  db: Database,
  shown: readonly { readonly requesterId: number }[],
): Promise<ReadonlyMap<number, string>> {
  const ids = shown.map(({ requesterId }) => requesterId);
  const { id, name, email } = people;
  const rows = await db.select({ id, name, email }).from(people).where(isAmong(id, ids));
  return new Map(
    rows.flatMap((one) => {
      const who = [one.name, one.email && `<${one.email}>`].filter(Boolean).join(' ');
      return who === '' ? [] : [[one.id, `${who} (user ${one.id})`] as const];
    }),
  );
}

function firstMoment(from: string | null, timeZone: string, now: Date): Date {
  const today = localDate(now.getTime(), timeZone);
  const start = startOfDate(from ?? addDays(today, 1), timeZone);
  if (start === null) throw new Error(`--from ${from} is not a date; write it as year-month-day: 2026-12-01.`);
  if (from !== null && from <= today) throw new Error(`--from ${from} is not in the future; the earliest is tomorrow.`);
  return new Date(start);
}

export async function runStatus({ db, json, out }: CampaignDeps): Promise<0> {
  const campaigns = await listCampaigns(db);
  if (json) out(JSON.stringify({ campaigns }, null, 2));
  else if (campaigns.length === 0) out('There was no campaign yet.');
  else {
    const clock = clockOf(await readPolicyInForce(db));
    out(campaigns.flatMap((each) => describeStatus(each, clock)).join('\n'));
  }
  return 0;
}

/** @returns 1: none of them runs */
export async function runPause(
  { db, json, out, now, who }: CampaignDeps,
  which: WhichCampaigns,
  why: string | null = null,
): Promise<0 | 1> {
  const ids = await pauseCampaigns(db, which, { who, why, now });
  return report(out, json, ids, `${named(ids)} paused.`, `${notNamed(which)} runs.`);
}

/** @returns 1: none of them is paused */
export async function runResume(
  { db, json, out, now, who }: CampaignDeps,
  which: WhichCampaigns,
  why: string | null = null,
): Promise<0 | 1> {
  const ids = await resumeCampaigns(db, which, { who, why, now });
  return report(out, json, ids, `${named(ids)} resumed.`, `${notNamed(which)} is paused.`);
}

/** @returns 1: none of them is under way, and nobody waits to be asked again */
export async function runStop(
  { db, json, out, now, who }: CampaignDeps,
  which: WhichCampaigns,
  why: string | null = null,
): Promise<0 | 1> {
  const { ids, cancelled } = await stopCampaigns(db, which, { who, why, now });
  if (ids.length === 0 && cancelled > 0) {
    const what = `${notNamed(which)} is under way; ${mails(cancelled)} to people who are surveyed again ${cancelled === 1 ? 'was' : 'were'} cancelled.`;
    out(json ? JSON.stringify({ done: true, campaigns: [] }) : what);
    return 0;
  }
  return report(
    out,
    json,
    ids,
    `${named(ids)} stopped; ${mails(cancelled)} ${cancelled === 1 ? 'was' : 'were'} cancelled.`,
    `${notNamed(which)} is under way.`,
  );
}

const mails = (n: number): string => (n === 1 ? '1 mail' : `${n} mails`);
const named = (ids: readonly number[]): string => `${ids.length === 1 ? 'Campaign' : 'Campaigns'} ${ids.join(', ')}`;
const notNamed = (which: WhichCampaigns): string =>
  typeof which === 'number' ? `No campaign ${which}` : `No campaign of ${which}`;

/** @returns 1: nothing is sent to the customer any more */
export async function runAskAgain(
  { db, json, out, now }: CampaignDeps,
  userId: number,
  policy: Policy,
): Promise<0 | 1> {
  const { nps } = policy.surveys;
  if (!nps) throw new Error('The policy does not configure surveys.nps.');
  const wanted = addPolicyDuration(now, nps.ask_again_after, policy);
  const dueAt = await askAgain(db, { requesterId: userId, dueAt: wanted, now });
  const text =
    dueAt === null
      ? `User ${userId} is not surveyed: they have unsubscribed, or a mail to their address came back for good or was marked as unwanted.`
      : `User ${userId} is surveyed ${clockOf(policy).printWithZone(dueAt)}.`;
  out(json ? JSON.stringify({ userId, dueAt }) : text);
  return dueAt === null ? 1 : 0;
}

function report(out: (text: string) => void, json: boolean, ids: readonly number[], yes: string, no: string): 0 | 1 {
  const done = ids.length > 0;
  out(json ? JSON.stringify({ done, campaigns: ids }) : done ? yes : no);
  return done ? 0 : 1;
}
