// Stores the answers of another tool's export, each once, and none that our own service has.

import type { CustomerSurvey } from '@deskwright/shared';
import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { hashAddress } from '../hash-address.ts';
import { invitations, responses } from '../tables.ts';
import { type AnswerKeys, createAnswerKeys } from './answer-keys.ts';
import type { ImportSource } from './choose-columns.ts';
import type { ReadAnswer } from './judge-rows.ts';
import { answerImports, importedAnswers } from './tables.ts';

export interface AnswerImport {
  readonly source: ImportSource;
  readonly survey: CustomerSurvey;
  /** The file's name, without folders. */
  readonly file: string;
  readonly answers: readonly ReadAnswer[];
  readonly who: string;
  readonly now: Date;
  /** Does the same, and takes it back: what it says is what an import would do. */
  readonly dryRun: boolean;
  /** Called with the number of answers done. */
  readonly onProgress?: (done: number) => void;
}

export interface ImportResult {
  /** Null: nothing was added, or it was a dry run. */
  readonly id: number | null;
  readonly added: number;
  /** Imported before, or twice in the file. */
  readonly known: number;
  /** Our own survey has them. */
  readonly own: number;
  /** Added, of customers whom Zendesk has shown us. */
  readonly ofKnownCustomers: number;
}

const CHUNK = 1_000;
const DAY_MS = 86_400_000;

/** All in one transaction: one that is interrupted has added nothing. Two imports run one after the other. */
export async function importAnswers(db: Database, { answers, dryRun, ...given }: AnswerImport): Promise<ImportResult> {
  const { source, survey, file, who, now } = given;
  const keysOf = createAnswerKeys(source, survey);
  const result = { added: 0, known: 0, own: 0, ofKnownCustomers: 0 };
  let importId: number | null = null;
  try {
    await db.transaction(async (tx) => {
      await tx.execute(sql`LOCK TABLE ${answerImports} IN SHARE ROW EXCLUSIVE MODE`);
      const [row] = await tx
        .insert(answerImports)
        .values({ source, survey, file, added: 0, who, at: now })
        .returning({ id: answerImports.id });
      if (!row) throw new Error('no import was written');
      for (let from = 0; from < answers.length; from += CHUNK) {
        const chunk = answers.slice(from, from + CHUNK);
        await addChunk(
          tx,
          chunk.map((answer) => ({ answer, keys: keysOf(answer) })),
          row.id,
        );
        given.onProgress?.(from + chunk.length);
      }
      if (dryRun || result.added === 0) throw new TakenBack();
      await tx.update(answerImports).set({ added: result.added }).where(eq(answerImports.id, row.id));
      importId = row.id;
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return { id: importId, ...result };

  async function addChunk(
    tx: Queryable,
    chunk: readonly { answer: ReadAnswer; keys: AnswerKeys }[],
    id: number,
  ): Promise<void> {
    const idOf = await findRequesters(
      tx,
      chunk.map(({ answer }) => answer),
    );
    const isOwn = await findOwn(tx, survey, chunk, idOf);
    const notOwn = chunk.filter(({ answer }) => !isOwn(answer));
    result.own += chunk.length - notOwn.length;
    const isKnown = await findImported(tx, given, id, notOwn, idOf);
    const others = notOwn.filter((one) => !isKnown(one));
    result.known += notOwn.length - others.length;
    if (others.length === 0) return;
    const rows = await tx
      .insert(importedAnswers)
      .values(
        others.map(({ answer, keys }) => ({
          ...keys,
          importId: id,
          source,
          survey,
          score: answer.score,
          comment: answer.comment,
          requesterId: idOf(answer),
          addressHash: answer.email === null ? null : hashAddress(answer.email),
          ticketId: answer.ticketId,
          answeredAt: answer.answeredAt,
        })),
      )
      .onConflictDoNothing()
      .returning({ requesterId: importedAnswers.requesterId });
    result.added += rows.length;
    result.known += others.length - rows.length;
    result.ofKnownCustomers += rows.filter(({ requesterId }) => requesterId !== null).length;
  }
}

/** Rolls the transaction back. */
class TakenBack extends Error {}

type IdOf = (answer: Pick<ReadAnswer, 'email' | 'userId'>) => number | null;

/** By the id of the file, else by the address. */
async function findRequesters(tx: Queryable, answers: readonly ReadAnswer[]): Promise<IdOf> {
  const emails = answers.flatMap(({ email }) => email ?? []);
  const address = sql<string>`lower(trim(${people.email}))`;
  const rows =
    emails.length === 0
      ? []
      : await tx.select({ id: people.id, email: address }).from(people).where(inArray(address, emails));
  const byEmail = new Map(rows.map(({ id, email }) => [email, id]));
  return ({ email, userId }) => userId ?? byEmail.get(email ?? '') ?? null;
}

/**
 * By its whole row; or of the same customer in the same minute with the same score, in an earlier import that named no ticket or no id, or the same: a
 * file may be exported or mapped with other columns the next time.
 */
async function findImported(
  tx: Queryable,
  { source, survey }: Pick<AnswerImport, 'source' | 'survey'>,
  importId: number,
  chunk: readonly { answer: ReadAnswer; keys: AnswerKeys }[],
  idOf: IdOf,
): Promise<(one: { answer: ReadAnswer; keys: AnswerKeys }) => boolean> {
  const hashes = chunk.flatMap(({ answer }) => (answer.email === null ? [] : [hashAddress(answer.email)]));
  const ids = chunk.flatMap(({ answer }) => idOf(answer) ?? []);
  const table = importedAnswers;
  const rows = await tx
    .select()
    .from(table)
    .where(
      and(
        eq(table.survey, survey),
        ne(table.importId, importId),
        or(
          inArray(
            table.rowKey,
            chunk.map(({ keys }) => keys.rowKey),
          ),
          inArray(table.addressHash, hashes),
          inArray(table.requesterId, ids),
        ),
      ),
    );
  const rowKeys = new Set(rows.flatMap(({ rowKey }) => rowKey?.toString('hex') ?? []));
  const byWho = new Map<string, typeof rows>();
  for (const row of rows)
    for (const who of [row.addressHash, row.requesterId])
      if (who !== null) byWho.set(String(who), [...(byWho.get(String(who)) ?? []), row]);
  const minuteOf = (at: Date) => Math.floor(at.getTime() / 60_000);
  return ({ answer, keys }) => {
    if (rowKeys.has(keys.rowKey.toString('hex'))) return true;
    const theirs = [answer.email === null ? null : hashAddress(answer.email), idOf(answer)];
    return theirs
      .flatMap((who) => (who === null ? [] : (byWho.get(String(who)) ?? [])))
      .some(
        (row) =>
          row.score === answer.score &&
          minuteOf(row.answeredAt) === minuteOf(answer.answeredAt) &&
          (row.ticketId === null || answer.ticketId === null || row.ticketId === answer.ticketId) &&
          (row.source !== source ||
            row.sourceKey === null ||
            keys.sourceKey === null ||
            keys.sourceKey.equals(row.sourceKey)),
      );
  };
}

/** Of the same ticket; or of the same customer within a day, with the same score: a survey that two tools recorded. */
async function findOwn(
  tx: Queryable,
  survey: CustomerSurvey,
  chunk: readonly { answer: ReadAnswer }[],
  idOf: IdOf,
): Promise<(answer: ReadAnswer) => boolean> {
  const all = chunk.map(({ answer }) => answer);
  const recipients = all.flatMap(({ email }) => (email === null ? [] : [email, hashAddress(email)]));
  const [ids, tickets] = [all.flatMap((answer) => idOf(answer) ?? []), all.flatMap(({ ticketId }) => ticketId ?? [])];
  const rows = await tx
    .select({
      recipient: invitations.recipient,
      requesterId: invitations.requesterId,
      ticketId: invitations.ticketId,
      score: responses.score,
      at: responses.answeredAt,
    })
    .from(responses)
    .innerJoin(invitations, eq(invitations.id, responses.invitationId))
    .where(
      and(
        eq(invitations.survey, survey),
        or(
          inArray(invitations.recipient, recipients),
          inArray(invitations.requesterId, ids),
          inArray(invitations.ticketId, tickets),
        ),
      ),
    );
  return (answer) =>
    rows.some(({ recipient, requesterId, ticketId, score, at }) => {
      if (answer.ticketId !== null && answer.ticketId === ticketId) return true;
      const { email } = answer;
      const isTheirs =
        requesterId === idOf(answer) || (email !== null && (recipient === email || recipient === hashAddress(email)));
      const apart = Math.abs(at.getTime() - answer.answeredAt.getTime());
      return isTheirs && score === answer.score && apart < DAY_MS;
    });
}
