// How does the card look with steps that were ticked a moment ago?
import type { GuidanceBlock, GuidanceCard, ListItem, Step, TicketCard } from '@deskwright/shared/contract';

/** A tick under way: who did it, or null for a step that is taken back. */
export type Ticks = ReadonlyMap<string, { readonly done: boolean; readonly by: string; readonly at: string }>;

export function withTicks(card: TicketCard, ticks: Ticks): TicketCard {
  if (card.guidance === null || ticks.size === 0) return card;
  const blocks = tickBlocks(card.guidance.blocks, ticks);
  const guidance: GuidanceCard = { ...card.guidance, blocks, done: countDone(blocks) };
  return { ...card, guidance };
}

function tickBlocks(blocks: readonly GuidanceBlock[], ticks: Ticks): GuidanceBlock[] {
  return blocks.map((block) => {
    if (block.kind === 'list') return { ...block, items: block.items.map((item) => tickItem(item, ticks)) };
    return block.kind === 'quote' ? { ...block, blocks: tickBlocks(block.blocks, ticks) } : block;
  });
}

function tickItem(item: ListItem, ticks: Ticks): ListItem {
  const blocks = tickBlocks(item.blocks, ticks);
  if (item.kind === 'item') return { ...item, blocks };
  const tick = ticks.get(item.id);
  if (tick === undefined) return { ...item, blocks };
  const step: Step = { ...item, blocks, doneBy: tick.done ? tick.by : null, doneAt: tick.done ? tick.at : null };
  return { ...step, kind: 'step' };
}

function countDone(blocks: readonly GuidanceBlock[]): number {
  let done = 0;
  for (const block of blocks) {
    if (block.kind === 'quote') done += countDone(block.blocks);
    if (block.kind !== 'list') continue;
    for (const item of block.items) {
      if (item.kind === 'step' && item.doneAt !== null) done += 1;
      done += countDone(item.blocks);
    }
  }
  return done;
}
