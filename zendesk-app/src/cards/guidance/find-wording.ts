// Finds canned replies and guidance by their words.
import type { GuidanceBlock, GuidanceCard, Inline } from '@deskwright/shared/contract';

export interface Wording {
  /** The name of the category. */
  readonly category: string;
  readonly kind: 'reply' | 'guidance';
  readonly text: string;
}

/**
 * Those that contain every word of the query, in any order, whatever their case and accents; replies before guidance, and both in the order of
 * the categories. Each text once, at its first category. Nothing for an empty query.
 */
export function findWording(guidance: readonly GuidanceCard[], query: string): Wording[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = new Map<string, Wording>();
  for (const { title, blocks } of guidance) {
    for (const { kind, text } of blocks.flatMap(textsOf)) {
      const searched = folded(text);
      if (!found.has(searched) && words.every((word) => searched.includes(word)))
        found.set(searched, { category: title, kind, text });
    }
  }
  return [...found.values()].toSorted((a, b) => Number(a.kind === 'guidance') - Number(b.kind === 'guidance'));
}

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

function textsOf(block: GuidanceBlock): Pick<Wording, 'kind' | 'text'>[] {
  switch (block.kind) {
    case 'reply':
      return [{ kind: 'reply', text: block.text }];
    case 'heading':
    case 'paragraph':
      return [{ kind: 'guidance', text: inOneLine(block.text) }];
    case 'quote':
      return block.blocks.flatMap(textsOf);
    case 'list':
      return block.items.flatMap(({ text, blocks }) => [
        { kind: 'guidance' as const, text: inOneLine(text) },
        ...blocks.flatMap(textsOf),
      ]);
  }
}

const inOneLine = (parts: readonly Inline[]): string => parts.map(({ text }) => text).join('');
