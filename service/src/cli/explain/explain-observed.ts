// Explains what an effect that was only observed would have written, and why it was not written.
import { readGroups } from '../../directory/directory.ts';
import { describeActing, readActing } from '../../platform/outbox/activation.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { describeChange, type TicketChangePayload } from '../../tickets/index.ts';

interface StoredEffect {
  kind: string;
  state: string;
  payload: unknown;
}

/** Each effect without its payload, which has the words of notes. `observed`: a sentence without full stop, or null. */
export async function explainObserved<E extends StoredEffect>(db: Queryable, effects: readonly E[]) {
  const isAny = effects.some(({ state }) => state === 'observed');
  const because = isAny ? describeActing(await readActing(db)) : '';
  const groups = isAny ? await readGroups(db) : new Map<string, number>();
  const groupName = (id: number): string => [...groups].find(([, known]) => known === id)?.[0] ?? `group ${id}`;
  return effects.map(({ payload, ...effect }) => ({
    ...effect,
    observed:
      effect.state === 'observed'
        ? `${effect.kind === 'ticket_change' ? `would ${describeChange(payload as TicketChangePayload, groupName)}; ` : ''}not written, because Deskwright ${because}`
        : null,
  }));
}
