// Builds a page of offset pagination.
import type { Call } from '../call.ts';
import { failed } from '../replies.ts';
import { type List, linkTo, type Page } from './list.ts';

const DEEPEST = 10_000;

const positive = (text: string | null): number | undefined => {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : undefined;
};

export function offsetPage<T>(call: Call, list: List<T>): Page<T> {
  const maxSize = list.maxSize ?? 100;
  const size = Math.min(positive(call.query.get('per_page')) ?? maxSize, maxSize);
  const page = positive(call.query.get('page')) ?? 1;
  if ((page - 1) * size >= DEEPEST) {
    const description = `Number of results exceeds ${DEEPEST}; use cursor pagination`;
    return { ok: false, reply: failed(400, 'InvalidPaginationDepth', description) };
  }
  const count = list.items.length;
  const link = (to: number): string => linkTo(call, { page: String(to) });
  return {
    ok: true,
    items: list.items.slice((page - 1) * size, page * size),
    paging: {
      next_page: page * size < count ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
      count,
    },
  };
}
