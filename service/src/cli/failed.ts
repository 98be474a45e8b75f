// `deskwright failed`: lists what was dead-lettered and why, and retries it.
import { effectDescriptions } from '../app/features.ts';
import { type EffectDescription, PERHAPS_PERFORMED } from '../platform/outbox/effect-definition.ts';
import { listDeadLetters, retryDeadLetters } from '../platform/outbox/entries.ts';
import type { Database } from '../platform/storage/database.ts';
import {
  listDeadLetteredInvitations,
  listFailedAnswers,
  type NotSentReason,
  retryDeadLetteredInvitations,
  retryFailedAnswers,
} from '../surveys/index.ts';
import {
  listDeadLetteredEvents,
  listUnreadableRecords,
  retryDeadLetteredEvents,
  retryUnreadableRecords,
} from '../tickets/index.ts';

export interface FailedOptions {
  db: Database;
  json: boolean;
  retry: boolean;
  /** With `retry` and without ids: also what may have been performed. */
  inDoubt?: boolean;
  /** As listed: `event:12`, `effect:7`, `survey:3`, `answer:4`, `record:5`. None: all. */
  ids: readonly string[];
  out: (line: string) => void;
  now?: () => Date;
  /** What operators are told of each kind of effect. Default: of all that the service performs. */
  effects?: readonly EffectDescription[];
}

const PREFIXES = ['event', 'effect', 'survey', 'answer', 'record'] as const;
type Prefix = (typeof PREFIXES)[number];

interface FailedItem {
  id: string;
  ticketId: number | null;
  /** When the event was received, the effect was recorded, the survey was due or the record was found. */
  since: Date;
  reason: string;
  todo: string;
  /** It is performed at most once, and may have been: retried only by its id, after somebody has looked. */
  inDoubt: boolean;
}

/** More would scroll off the screen; retrying without ids includes all. */
const MOST_LISTED = 1_000;

/**
 * Lists what was dead-lettered, or with `retry` retries it.
 * @returns the exit code: 0 nothing has failed (or all of it is retried), 1 something has (or was not found, or may have been sent and was left)
 * @throws Error for an invalid id
 */
export async function runFailed(options: FailedOptions): Promise<number> {
  const wanted = readIds(options.ids);
  return options.retry ? retry(options, wanted) : list(options, wanted);
}

async function list({ db, json, out, effects = effectDescriptions() }: FailedOptions, wanted: Wanted): Promise<number> {
  const items = (await findFailed(db, effects)).filter((item) => wanted === 'all' || wanted.names.has(item.id));
  if (json) out(JSON.stringify({ failed: items }));
  else if (items.length === 0) out('Nothing has failed.');
  else {
    for (const item of items) {
      const ticket = item.ticketId === null ? '' : `  ticket ${item.ticketId}`;
      out(`${item.id}${ticket}  since ${item.since.toISOString()}`);
      out(`  ${item.reason}`);
      out(`  ${item.todo}`);
    }
    out('');
    out(
      `${items.length} failed. To retry all: deskwright failed --retry. To retry some: deskwright failed --retry ${items[0]?.id}`,
    );
  }
  return items.length === 0 ? 0 : 1;
}

/** What is dead-lettered, at most a thousand of each kind. */
export async function findFailed(db: Database, described: readonly EffectDescription[]): Promise<FailedItem[]> {
  const events = (await listDeadLetteredEvents(db, MOST_LISTED)).map((event) => ({
    id: `event:${event.id}`,
    ticketId: event.ticketId,
    since: event.receivedAt,
    reason: event.error ?? NO_REASON,
    inDoubt: false,
    todo: 'Fix the cause named in the reason, then retry it. The next repair from the export also updates the ticket.',
  }));
  const effects = (await listDeadLetters(db, MOST_LISTED)).map(({ id, kind, subjectId, createdAt, reason }) => {
    const known = described.find(({ name }) => name === kind);
    return {
      id: `effect:${id}`,
      ticketId: subjectId,
      since: createdAt,
      inDoubt: reason?.startsWith(PERHAPS_PERFORMED) ?? false,
      reason: `${known?.description ?? `An effect of the kind ${kind}`}: ${reason ?? NO_REASON}`,
      todo:
        known?.advise(reason ?? '') ?? 'This version does not support this kind; retry it with a version that does.',
    };
  });
  // The message id would need PUBLIC_URL; it is not shown here.
  const surveys = (await listDeadLetteredInvitations(db, 'http://localhost')).map((survey) => ({
    id: `survey:${survey.id}`,
    ticketId: survey.ticketId,
    since: survey.dueAt,
    reason: [survey.sentence, survey.detail].filter(Boolean).join(' '),
    todo: adviseOnSurvey(survey.reason),
    inDoubt: survey.reason === 'mail_in_doubt',
  }));
  const answers = (await listFailedAnswers(db, MOST_LISTED)).map(({ id, ticketId, answeredAt, reason }) => ({
    id: `answer:${id}`,
    ticketId,
    since: answeredAt,
    reason: `A customer's answer was kept, but not put on its ticket or followed up: ${reason}`,
    todo: 'Fix the cause named in the reason, then retry it.',
    inDoubt: false,
  }));
  const records = (await listUnreadableRecords(db, MOST_LISTED)).map(
    ({ id, kind, recordId, ticketId, foundAt, reason }) => ({
      id: `record:${id}`,
      ticketId,
      since: foundAt,
      reason: `Zendesk's ${kind.replace('_', ' ')} ${recordId} could not be read: ${reason}`,
      todo: adviseOnRecord(ticketId !== null),
      inDoubt: false,
    }),
  );
  return [...events, ...effects, ...surveys, ...answers, ...records];
}

const NO_REASON = 'no reason was recorded';

function adviseOnSurvey(reason: NotSentReason): string {
  switch (reason) {
    case 'mail_in_doubt':
      return 'Look up the mail in the log of your mail server. Retry it only if it was not sent.';
    case 'mail_message_refused':
      return 'Fix what the mail server names (often MAIL_FROM or its rules for senders), then retry it.';
    case 'mail_undeliverable':
      return 'Check that SMTP_URL is correct and the mail server responds, then retry it.';
    default:
      return 'Retry it when the cause is fixed.';
  }
}

/** A retried ticket is read again at once; a record of a list with the next read of the list. */
function adviseOnRecord(isOfTicket: boolean): string {
  return isOfTicket
    ? 'Check the ticket in Zendesk. Retry it after correcting the field named here, or with a newer version. Any change of the ticket also reads it again.'
    : 'Check it in Zendesk and correct the field named here. It is read again with its list within the hour.';
}

async function retry(
  { db, json, out, inDoubt = false, now = () => new Date(), effects = effectDescriptions() }: FailedOptions,
  wanted: Wanted,
): Promise<number> {
  const of = (prefix: Prefix): readonly number[] | 'all' => (wanted === 'all' ? 'all' : wanted.ids[prefix]);
  const ofThoseInDoubt = (prefix: Prefix) => (wanted === 'all' && !inDoubt ? 'certain' : of(prefix));
  const retried = {
    events: (await retryDeadLetteredEvents(db, of('event'))).replayed,
    effects: await retryDeadLetters(db, effects, ofThoseInDoubt('effect')),
    surveys: await retryDeadLetteredInvitations(db, now(), ofThoseInDoubt('survey')),
    answers: await retryFailedAnswers(db, of('answer')),
    records: await retryUnreadableRecords(db, now(), of('record')),
  };
  const total = Object.values(retried).reduce((sum, n) => sum + n, 0);
  const missing = wanted === 'all' ? 0 : wanted.names.size - total;
  const left = wanted === 'all' ? (await findFailed(db, effects)).filter((item) => item.inDoubt) : [];
  if (json) out(JSON.stringify({ retried, missing, left: left.map(({ id }) => id) }));
  else {
    out(
      total === 0
        ? left.length === 0
          ? 'Nothing had failed.'
          : 'Nothing is retried.'
        : `Retrying ${retried.events} events, ${retried.effects} effects, ${retried.surveys} surveys, ${retried.answers} answers, ${retried.records} records. A running service processes them within a minute.`,
    );
    if (left.length > 0) out(describeLeft(left.map(({ id }) => id)));
    if (missing > 0)
      out(
        `${missing} of the given ids have not failed or no longer exist; run deskwright failed to list the current ones.`,
      );
  }
  return missing > 0 || left.length > 0 ? 1 : 0;
}

const describeLeft = (ids: readonly string[]): string =>
  `${ids.length} may have been sent already and were left as they are: ${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ', ...' : ''}. Look each up as deskwright failed says, and retry by its id what was not sent, or all of them with --in-doubt.`;

type Wanted = 'all' | { names: ReadonlySet<string>; ids: Record<Prefix, number[]> };

function readIds(ids: readonly string[]): Wanted {
  if (ids.length === 0) return 'all';
  const byPrefix: Record<Prefix, number[]> = { event: [], effect: [], survey: [], answer: [], record: [] };
  const names = new Set<string>();
  for (const id of ids) {
    // Earlier versions listed effects as `change:12`.
    const [, written, number] = /^(event|effect|change|survey|answer|record):(\d+)$/.exec(id) ?? [];
    if (!written || !number)
      throw new Error(
        `"${id}" is not a valid id. Write ids as listed: ${PREFIXES.map((one) => `${one}:12`).join(', ')}.`,
      );
    const prefix = written === 'change' ? 'effect' : (written as Prefix);
    const name = `${prefix}:${number}`;
    if (names.has(name)) continue;
    names.add(name);
    byPrefix[prefix].push(Number(number));
  }
  return { names, ids: byPrefix };
}
