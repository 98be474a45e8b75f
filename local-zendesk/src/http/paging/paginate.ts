// Chooses the kind of pagination and builds the page.
import type { Call, Reply } from '../call.ts';
import { ok } from '../replies.ts';
import { cursorPage } from './cursor-page.ts';
import { type List, wantsCursor } from './list.ts';
import { offsetPage } from './offset-page.ts';

/** Cursor pages when a `page[...]` parameter is there, offset pages otherwise. */
export function paginate<T>(call: Call, list: List<T>): Reply {
  const page = wantsCursor(call.query) ? cursorPage(call, list) : offsetPage(call, list);
  if (!page.ok) return page.reply;
  return ok({ [list.key]: page.items.map(list.show), ...list.beside?.(page.items), ...page.paging });
}
