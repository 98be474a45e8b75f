// The guidance card's calls to the service: tick a step, and read the guidance for a new ticket.
import type {
  GuidanceBlock,
  GuidanceCard,
  ListItem,
  NewTicketGuidance,
  TicketCard,
  TickStep,
} from '@deskwright/shared/contract';
import type { Answer } from '../../base/service/refusal.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

export function readNewTicketGuidance(service: ServiceClient): Promise<Answer<NewTicketGuidance>> {
  return service.call('GET', '/api/guidance');
}

/** Who ticks a step, and when. */
export interface Tick {
  readonly by: string;
  readonly at: string;
}

/** @param tick null: the step is no longer done */
export function tickStep(stepId: string, tick: Tick | null): TicketAction {
  return {
    method: 'PUT',
    path: `steps/${encodeURIComponent(stepId)}`,
    body: { done: tick !== null } satisfies TickStep,
    optimistic: (card) => withTick(card, stepId, tick),
  };
}

function withTick(card: TicketCard, stepId: string, tick: Tick | null): TicketCard {
  if (card.guidance === null) return card;
  const blocks = tickBlocks(card.guidance.blocks, stepId, tick);
  const guidance: GuidanceCard = { ...card.guidance, blocks, done: countDone(blocks) };
  return { ...card, guidance };
}

function tickBlocks(blocks: readonly GuidanceBlock[], stepId: string, tick: Tick | null): GuidanceBlock[] {
  return blocks.map((block) => {
    if (block.kind === 'list') return { ...block, items: block.items.map((item) => tickItem(item, stepId, tick)) };
    return block.kind === 'quote' ? { ...block, blocks: tickBlocks(block.blocks, stepId, tick) } : block;
  });
}

function tickItem(item: ListItem, stepId: string, tick: Tick | null): ListItem {
  const blocks = tickBlocks(item.blocks, stepId, tick);
  if (item.kind === 'item' || item.id !== stepId) return { ...item, blocks };
  return { ...item, blocks, doneBy: tick?.by ?? null, doneAt: tick?.at ?? null };
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
