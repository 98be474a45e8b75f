// What was set aside after failing, why, and how is it tried again?

import { listDeadLetters, retryDeadLetters } from '../platform/outbox/entries.ts';
import type { Database } from '../platform/storage/database.ts';
import { listParkedInvitations, replayParkedInvitations } from '../surveys/parked-invitations.ts';
import { listParked, replayParked } from '../tickets/receive/parked-inbox.ts';
import { listOddRecords, retryOddRecords } from '../tickets/sync/odd-records.ts';
import { adviseOnEvent, adviseOnRecord, adviseOnSurvey, adviseOnWish } from './parked-advice.ts';

export interface ParkedOptions {
  db: Database;
  json: boolean;
  replay: boolean;
  /** As listed: `event:12`, `change:7`, `survey:3`, `record:5`. None: all. */
  ids: readonly string[];
  out: (line: string) => void;
  now?: () => Date;
}

const KINDS = ['event', 'change', 'survey', 'record'] as const;
type Kind = (typeof KINDS)[number];

interface ParkedItem {
  id: string;
  ticketId: number | null;
  /** When the event came, the wish was made, the survey was due or the record was found. */
  since: Date;
  reason: string;
  todo: string;
}

/** More would scroll away; replaying all takes them all. */
const MOST_LISTED = 1_000;

/**
 * `deskwright parked`: lists what waits for a person, or with `replay` lets it be tried again.
 * @returns the exit code: 0 nothing is parked (or all asked for is tried again), 1 something is parked (or was not found)
 * @throws Error for an id that is none
 */
export async function runParked(options: ParkedOptions): Promise<number> {
  const wanted = readIds(options.ids);
  return options.replay ? replay(options, wanted) : list(options, wanted);
}

async function list({ db, json, out }: ParkedOptions, wanted: Wanted): Promise<number> {
  const items = (await findParked(db)).filter((item) => wanted === 'all' || wanted.names.has(item.id));
  if (json) out(JSON.stringify({ parked: items }));
  else if (items.length === 0) out('Nothing is parked.');
  else {
    for (const item of items) {
      const ticket = item.ticketId === null ? '' : `  ticket ${item.ticketId}`;
      out(`${item.id}${ticket}  since ${item.since.toISOString()}`);
      out(`  ${item.reason}`);
      out(`  ${item.todo}`);
    }
    out('');
    out(
      `${items.length} parked. Try again: deskwright parked --replay (all), or name them: deskwright parked --replay ${items[0]?.id}`,
    );
  }
  return items.length === 0 ? 0 : 1;
}

async function findParked(db: Database): Promise<ParkedItem[]> {
  const events = (await listParked(db, MOST_LISTED)).map((event) => ({
    id: `event:${event.id}`,
    ticketId: event.ticketId,
    since: event.receivedAt,
    reason: event.error ?? 'no reason was kept',
    todo: adviseOnEvent(),
  }));
  const changes = (await listDeadLetters(db, MOST_LISTED)).map((wish) => ({
    id: `change:${wish.id}`,
    ticketId: wish.subjectId,
    since: wish.createdAt,
    reason: wish.reason ?? 'no reason was kept',
    todo: adviseOnWish(wish.reason ?? ''),
  }));
  // The message id would need the address of the surveys; it is not shown here.
  const surveys = (await listParkedInvitations(db, 'http://localhost')).map((survey) => ({
    id: `survey:${survey.id}`,
    ticketId: survey.ticketId,
    since: survey.dueAt,
    reason: [survey.sentence, survey.detail].filter(Boolean).join(' '),
    todo: adviseOnSurvey(survey.reason),
  }));
  const records = (await listOddRecords(db, MOST_LISTED)).map(({ id, kind, recordId, ticketId, foundAt, reason }) => ({
    id: `record:${id}`,
    ticketId,
    since: foundAt,
    reason: `Zendesk's ${kind.replace('_', ' ')} ${recordId} could not be taken in: ${reason}`,
    todo: adviseOnRecord(ticketId !== null),
  }));
  return [...events, ...changes, ...surveys, ...records];
}

async function replay({ db, json, out, now = () => new Date() }: ParkedOptions, wanted: Wanted): Promise<number> {
  const of = (kind: Kind): readonly number[] | 'all' => (wanted === 'all' ? 'all' : wanted.ids[kind]);
  const surveys = of('survey');
  const replayed = {
    events: (await replayParked(db, of('event'))).replayed,
    changes: await retryDeadLetters(db, of('change')),
    surveys: await replayParkedInvitations(db, now(), surveys === 'all' ? undefined : surveys),
    records: await retryOddRecords(db, now(), of('record')),
  };
  const total = replayed.events + replayed.changes + replayed.surveys + replayed.records;
  const missing = wanted === 'all' ? 0 : wanted.names.size - total;
  if (json) out(JSON.stringify({ replayed, missing }));
  else {
    out(
      total === 0
        ? 'Nothing was parked.'
        : `Trying again: ${replayed.events} events, ${replayed.changes} changes, ${replayed.surveys} surveys, ${replayed.records} records. A running service takes them up within a minute.`,
    );
    if (missing > 0) out(`${missing} of the named are not parked (any more); deskwright parked lists those that are.`);
  }
  return missing > 0 ? 1 : 0;
}

type Wanted = 'all' | { names: ReadonlySet<string>; ids: Record<Kind, number[]> };

function readIds(ids: readonly string[]): Wanted {
  if (ids.length === 0) return 'all';
  const byKind: Record<Kind, number[]> = { event: [], change: [], survey: [], record: [] };
  const names = new Set<string>();
  for (const id of ids) {
    const [, kind, number] = /^(event|change|survey|record):(\d+)$/.exec(id) ?? [];
    if (!kind || !number)
      throw new Error(
        `"${id}" names nothing that could be parked. Write it as listed: ${KINDS.map((one) => `${one}:12`).join(', ')}.`,
      );
    if (names.has(id)) continue;
    names.add(id);
    byKind[kind as Kind].push(Number(number));
  }
  return { names, ids: byKind };
}
