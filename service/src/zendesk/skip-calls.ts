// Reads which tickets agents skipped in guided mode, and why.
import { z } from 'zod';
import { stamp, textOrNone, zendeskId } from './field-shapes.ts';
import { readShape } from './read-shape.ts';
import type { Transport } from './transport.ts';
import type { Zendesk } from './zendesk.ts';

/** The most that Zendesk gives (ListSkips). */
const PAGE = 100;

const pageShape = z.object({
  skips: z.array(z.unknown()),
  meta: z.object({ has_more: z.boolean().catch(false), after_cursor: z.string().nullish() }).nullish(),
});

/** The ticket that Zendesk puts into each skip is left out: the projection knows it. */
const skipShape = z.object({
  id: zendeskId,
  ticket_id: zendeskId,
  user_id: zendeskId,
  created_at: stamp,
  reason: textOrNone.catch(null).transform((reason) => reason ?? ''),
});

export function createSkipCalls(transport: Transport): Pick<Zendesk, 'listSkips'> {
  return {
    async listSkips(cursor) {
      const query = new URLSearchParams({ 'page[size]': String(PAGE), sort_order: 'asc' });
      if (cursor !== null) query.set('page[after]', cursor);
      const { body } = await transport('GET', `/api/v2/skips.json?${query.toString()}`);
      const { skips, meta } = readShape(pageShape, body, 'list skips');
      return {
        skips: skips.flatMap((skip) => skipShape.safeParse(skip).data ?? []),
        cursor: meta?.after_cursor ?? null,
        hasMore: meta?.has_more ?? false,
      };
    },
  };
}
