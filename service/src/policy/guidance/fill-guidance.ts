// Fills guidance in for one ticket, with the steps already done.
import type { GuidanceBlock, GuidanceCard, Inline, Instant, ListItem } from '@deskwright/shared/contract';
import type { Guidance } from './guidance.ts';
import { stepsOf } from './guidance.ts';
import { type GuidanceValues, placeholderTexts } from './placeholders.ts';

/** Who did a step, by name, and when. */
interface Tick {
  readonly by: string;
  readonly at: Instant;
}

export interface FillGuidance {
  readonly categoryId: string;
  readonly values: GuidanceValues;
  /** By step id; ids that are no longer in the file are ignored. */
  readonly ticks: ReadonlyMap<string, Tick>;
}

/**
 * The only Liquid syntax that guidance may use, including whitespace control. Liquid itself would evaluate again what Markdown makes of `{\{` or
 * `&#123;`, and fail. Nothing is escaped: the result is text, and is shown as text.
 */
const PLACEHOLDER = /(?:\s*\{\{-|\{\{)\s*([\w.]+)\s*(?:-\}\}\s*|\}\})/g;

type Fill = (text: string) => string;

/**
 * Replaces placeholders in all texts and links with the ticket's values, or with words for a missing value ("Hi there");
 * the guide for ops leads lists both. Done steps are marked.
 */
export function fillGuidance(guidance: Guidance, { categoryId, values, ticks }: FillGuidance): GuidanceCard {
  const texts = placeholderTexts(values);
  const fill = fillWith(texts);
  const fillHref = fillWith(new Map([...texts].map(([name, text]) => [name, encodeURIComponent(text)])));
  const fillInline = (pieces: readonly Inline[]) =>
    pieces.map((piece): Inline => {
      const text = fill(piece.text);
      return piece.kind === 'link' ? { ...piece, text, href: fillHref(piece.href) } : { ...piece, text };
    });
  const fillItem = (item: ListItem): ListItem => {
    const filled = { ...item, text: fillInline(item.text), blocks: item.blocks.map(fillBlock) };
    const tick = filled.kind === 'step' ? ticks.get(filled.id) : undefined;
    return tick && filled.kind === 'step' ? { ...filled, doneBy: tick.by, doneAt: tick.at } : filled;
  };
  const fillBlock = (block: GuidanceBlock): GuidanceBlock => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return { ...block, text: fillInline(block.text) };
      case 'list':
        return { ...block, items: block.items.map(fillItem) };
      case 'quote':
        return { ...block, blocks: block.blocks.map(fillBlock) };
      case 'reply':
        return { ...block, text: fill(block.text) };
    }
  };
  const blocks = guidance.blocks.map(fillBlock);
  const done = stepsOf(blocks).filter(({ doneAt }) => doneAt !== null).length;
  return { categoryId, title: fill(guidance.title), blocks, done, steps: guidance.steps };
}

function fillWith(texts: ReadonlyMap<string, string>): Fill {
  return (text) => text.replace(PLACEHOLDER, (written, name) => texts.get(String(name)) ?? written);
}
