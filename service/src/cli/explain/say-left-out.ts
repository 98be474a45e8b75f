// Says what of a message decides nothing, without its words.
import type { CutKind, FullText } from '@deskwright/shared';

const NAMES: Readonly<Record<CutKind, string>> = {
  quoted: 'quoted history',
  forwarded: 'forwarded message',
  signature: 'signature',
  disclaimer: 'legal notice',
  link: 'link',
  address: 'address',
};

/** `quoted history (3 lines), 2 links`. */
export function sayLeftOut({ description, cuts }: Pick<FullText, 'description' | 'cuts'>): string {
  const kinds = [...new Set(cuts.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const own = cuts.filter((cut) => cut.kind === kind);
      if (kind === 'link' || kind === 'address') {
        const name = own.length === 1 ? NAMES[kind] : `${NAMES[kind]}${kind === 'link' ? 's' : 'es'}`;
        return `${own.length} ${name}`;
      }
      const lines = own.reduce(
        (sum, { start, end }) => sum + description.slice(start, end).trim().split('\n').length,
        0,
      );
      return `${NAMES[kind]} (${lines} line${lines === 1 ? '' : 's'})`;
    })
    .join(', ');
}
