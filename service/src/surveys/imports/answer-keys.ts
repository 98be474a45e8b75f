// Creates keys by which imported answers are recognised, so that each counts once.
import { createHash } from 'node:crypto';
import type { CustomerSurvey } from '@deskwright/shared';
import type { ImportSource } from './choose-columns.ts';
import type { ReadAnswer } from './judge-rows.ts';

export interface AnswerKeys {
  /** By the tool's own id; null: it has none. */
  readonly sourceKey: Buffer | null;
  /** Without an id: by customer, minute, score and, if it is known, ticket; of who is unknown by second, score and the number of those alike. Null: by its id. */
  readonly contentKey: Buffer | null;
  /** By all cells of its row, whichever columns are mapped and in whatever time zone the times are read. */
  readonly rowKey: Buffer;
}

/** Gives the keys of the answers of one file, in its order. Ids of an unknown tool are only unique with the time. */
export function createAnswerKeys(source: ImportSource, survey: CustomerSurvey): (answer: ReadAnswer) => AnswerKeys {
  const seen = new Map<string, number>();
  return ({ row, sourceId, score, email, userId, ticketId, answeredAt }) => {
    const at = answeredAt.toISOString();
    const who =
      email ?? (userId === null ? null : `user ${userId}`) ?? (ticketId === null ? null : `ticket ${ticketId}`);
    const sourceKey = sourceId === null ? null : hash([source, survey, sourceId, source === 'other' ? at : '']);
    const rowKey = hash([survey, row.before, ...row.cells]);
    if (sourceId !== null) return { sourceKey, contentKey: null, rowKey };
    if (who !== null) {
      const about = ticketId === null ? [] : [ticketId];
      return { sourceKey, contentKey: hash([survey, who, at.slice(0, 16), score, ...about]), rowKey };
    }
    const alike = `${at} ${score}`;
    const nth = (seen.get(alike) ?? 0) + 1;
    seen.set(alike, nth);
    return { sourceKey, contentKey: hash([survey, at, score, nth]), rowKey };
  };
}

const hash = (parts: readonly (string | number)[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest();
