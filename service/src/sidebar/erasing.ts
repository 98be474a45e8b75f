// Erases what agents entered in the sidebar's forms.

import { and, inArray, sql } from 'drizzle-orm';
import type { ErasingHook } from '../tickets/index.ts';
import { escalations } from './tables.ts';

export const sidebarErasing = {
  counts: { escalations: 'escalation forms' },
  onEraseTickets: async (tx, { ids }) => {
    const { rowCount } = await tx
      .update(escalations)
      .set({ said: [] })
      .where(and(inArray(escalations.ticketId, [...ids]), sql`${escalations.said} <> '[]'`));
    return { escalations: rowCount ?? 0 };
  },
} satisfies ErasingHook;
