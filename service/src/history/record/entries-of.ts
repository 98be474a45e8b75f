// Turns what the pipeline learnt and decided about a ticket into entries of its history. Pure.
import {
  goneByChange,
  isFinished,
  readStatus,
  type TicketActor,
  type TicketNews,
  type TicketRecord,
  type TicketValues,
} from '../../tickets/index.ts';
import type { NewEntry } from './append.ts';
import { by, entriesOfDecision, retaggedEntries } from './placed-entries.ts';

/**
 * A reader sorts entries by time and drops equal neighbours, so each entry says what is true at its time, and an entry too many does no
 * harm. A late event gets its own time, after which the known state is stated again.
 */
export function entriesOf({ news, decided }: TicketRecord): NewEntry[] {
  return [...withoutReported(news.flatMap(entriesOfNews)), ...(decided ? entriesOfDecision(decided) : [])];
}

/** What is read of Zendesk has whole seconds, and events have milliseconds. */
const secondOf = (at: Date): Date => new Date(Math.floor(at.getTime() / 1_000) * 1_000);

/** Without what an earlier observation of the same transaction has said. */
function withoutReported(entries: readonly NewEntry[]): NewEntry[] {
  const said = new Map<string, NewEntry['actor'][]>();
  const keyOf = (kind: string, at: Date, value: string | number | null | undefined): string =>
    `${kind} ${at.getTime()} ${value}`;
  return entries.filter(({ kind, at, value, ref, actor, unlessReported }) => {
    if (unlessReported) {
      if (said.has(keyOf(kind, unlessReported.at, unlessReported.value))) return false;
      const inTheSecond = said.get(keyOf(kind, secondOf(unlessReported.at), unlessReported.value)) ?? [];
      return !inTheSecond.some((by) => by == null || by === unlessReported.by);
    }
    const key = keyOf(kind, at, value ?? ref ?? null);
    said.set(key, [...(said.get(key) ?? []), actor]);
    return true;
  });
}

function entriesOfNews(news: TicketNews): NewEntry[] {
  return [
    ...createdEntry(news),
    ...news.comments.map((comment) => commentEntry(news, comment)),
    ...missedSolveEntries(news),
    ...FIELDS.flatMap((field) => valueEntries(news, field)),
    ...goneEntries(news),
    ...retaggedEntries(news),
  ];
}

function createdEntry({ ticketId, source, created }: TicketNews): NewEntry[] {
  if (created === null) return [];
  const { at, channel, requesterId, by: opener } = created;
  return [{ ticketId, at, kind: 'created', value: channel, ref: requesterId, ...by(opener), source, check: 'once' }];
}

function commentEntry(
  { ticketId, source, created }: TicketNews,
  { id, author, public: isPublic, isAutomatic, channel, at }: TicketNews['comments'][number],
): NewEntry {
  // Known tickets have their comments stored, so that each is new once. An unknown one may have been deleted when its retention ended.
  const ifUnknown = created === null ? {} : { check: 'once' as const };
  return {
    ticketId,
    at,
    kind: isAutomatic ? 'automatic_reply' : 'comment',
    value: channel,
    ref: id,
    ...by(author),
    public: isPublic,
    source,
    ...ifUnknown,
  };
}

/** In this order: who is responsible comes before the solve that freezes it. */
const FIELDS = ['groupId', 'assigneeId', 'priority', 'status'] as const;
type Field = (typeof FIELDS)[number];
type Value = TicketValues[Field];

function valueEntries(news: TicketNews, field: Field): NewEntry[] {
  const { before, shown, at, actor, isStale, gone } = news;
  // Events and the export show a deleted ticket as closed, which is no solve.
  if (field === 'status' && (gone === 'deleted' || gone === 'spam') && gone !== before?.gone) return [];
  const reported = reportedChange(news, field);
  const isNow = (value: Value) => valueEntry(news, field, { value, at, actor, responsible: shown });
  const was = reported?.from === undefined ? [] : [justBefore(news, field, reported.from)];
  if (before && isStale) {
    if (!reported) return [];
    const known = valueEntry(news, field, {
      value: before[field],
      at: before.snapshotAt,
      actor: null,
      responsible: before,
    });
    const said = { unlessReported: { at, value: reported.to, by: actor?.kind ?? null } };
    const change = [...was, isNow(reported.to)].map((entry) => ({ ...entry, ...said }));
    return [...change, ...(reported.to === before[field] ? [] : [known])];
  }
  const known = before?.[field] ?? null;
  // A change to what is known already, or from something else: one before it is not known.
  const isSurprise =
    reported !== null && (reported.from === undefined ? reported.to === known : reported.from !== known);
  const isMissed = isSurprise && news.change?.kind !== 'created' && !isOurs(news, known === reported.to);
  // By another event of the same action, or by a read.
  const mayBeReported =
    reported !== null && known === reported.to
      ? { unlessReported: { at, value: reported.to, by: actor?.kind ?? null } }
      : {};
  if (reported && (isMissed || reported.to !== shown[field])) {
    const change = [...(isMissed ? was : []), isNow(reported.to)].map((entry) => ({ ...entry, ...mayBeReported }));
    return [...change, ...(reported.to === shown[field] ? [] : [isNow(shown[field])])];
  }
  return shown[field] === known ? [] : [isNow(shown[field])];
}

/** Whether the answer to our write has said it, whose time has whole seconds. */
const isOurs = ({ before, at, actor }: TicketNews, isSame: boolean): boolean =>
  isSame && actor?.kind === 'us' && Math.abs((before?.snapshotAt.getTime() ?? 0) - at.getTime()) < 1_000;

/** What an event that was lost, or is still to come, has changed. */
function justBefore(news: TicketNews, field: Field, value: Value): NewEntry {
  const at = new Date(news.at.getTime() - 1);
  return valueEntry(news, field, { value, at, actor: null, responsible: news.shown });
}

/** What the event itself says of the field. `from` undefined: it does not say. */
function reportedChange({ change, shown }: TicketNews, field: Field): { from?: Value | undefined; to: Value } | null {
  switch (change?.kind) {
    case 'status_changed':
      if (field !== 'status') return null;
      return { from: change.from === null ? undefined : readStatus(change.from), to: readStatus(change.to) };
    case 'group_changed':
      return field === 'groupId' ? change : null;
    case 'assignee_changed':
      return field === 'assigneeId' ? change : null;
    case 'priority_changed':
      return field === 'priority' ? { to: shown.priority } : null;
    case 'created':
      return shown[field] === null ? null : { to: shown[field] };
    default:
      return null;
  }
}

const KINDS = { groupId: 'group', assigneeId: 'assignee', priority: 'priority', status: 'status' } as const;

interface ValueAt {
  value: Value;
  at: Date;
  actor: TicketActor | null;
  /** Who had the ticket then. */
  responsible: Pick<TicketValues, 'groupId' | 'assigneeId'>;
}

function valueEntry(
  { ticketId, source, position }: TicketNews,
  field: Field,
  { value, at, actor, responsible: { groupId, assigneeId } }: ValueAt,
): NewEntry {
  const isSolve = field === 'status' && isFinished(String(value));
  return {
    ticketId,
    at,
    position,
    kind: KINDS[field],
    ...(typeof value === 'number' ? { ref: value } : { value }),
    ...by(actor),
    ...(isSolve ? { groupId, assigneeId } : {}),
    source,
  };
}

/** The audits tell when it was solved, and a comment when it was reopened. */
function missedSolveEntries(news: TicketNews): NewEntry[] {
  const { missedSolve, before, shown, at, comments } = news;
  if (missedSolve === null) return [];
  const nobody = { actor: null, responsible: { groupId: null, assigneeId: null } };
  // Given as the moment before its second.
  const solvedAt = new Date(missedSolve.getTime() + 1);
  const reopening = comments.find((one) => one.public && one.author.kind === 'customer' && one.at >= solvedAt);
  const isKnownSince = before !== null && before.snapshotAt > solvedAt;
  return [
    valueEntry(news, 'status', { ...nobody, value: 'solved', at: solvedAt }),
    ...(reopening
      ? [valueEntry(news, 'status', { ...nobody, value: 'open', at: reopening.at, actor: reopening.author })]
      : []),
    ...(isKnownSince
      ? [valueEntry(news, 'status', { ...nobody, value: before.status, at: before.snapshotAt, responsible: before })]
      : []),
    valueEntry(news, 'status', { ...nobody, value: shown.status, at, responsible: shown }),
  ];
}

function goneEntries(news: TicketNews): NewEntry[] {
  const { ticketId, source, at, position, before, gone, isStale, change, actor } = news;
  const known = before?.gone ?? null;
  const entry = (value: typeof gone, when: Date): NewEntry => ({
    ticketId,
    at: when,
    position,
    kind: value ?? 'restored',
    ...by(when === at ? actor : null),
    source,
  });
  if (gone !== known) return [entry(gone, at)];
  const reported = goneByChange(change);
  if (!before || !isStale || reported === undefined) return [];
  return [entry(reported, at), ...(reported === known ? [] : [entry(known, before.snapshotAt)])];
}
