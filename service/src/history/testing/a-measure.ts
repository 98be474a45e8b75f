// Builds measures for tests, with defaults for what a test does not set.
import type { MeasureId } from '@deskwright/shared';
import type { Measure } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { measures } from '../tables.ts';

export function aMeasure(figure: MeasureId, at: string, part: Partial<Omit<Measure, 'figure' | 'at'>> = {}): Measure {
  return {
    figure,
    at: new Date(at),
    seconds: null,
    businessSeconds: null,
    score: null,
    met: null,
    category: 'refunds',
    tier: 't1',
    groupId: 11,
    agentId: 7,
    channel: 'email',
    detail: null,
    fromZendesk: false,
    ...part,
  };
}

export async function insertMeasures(db: Queryable, ticketId: number, rows: readonly Measure[]): Promise<void> {
  await db.insert(measures).values(rows.map((row) => ({ ticketId, ...row })));
}
