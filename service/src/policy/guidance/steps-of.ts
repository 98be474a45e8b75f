// Which steps does guidance hold, wherever they stand?
import type { GuidanceBlock, Step } from '@deskwright/shared/contract';

/** All steps in the order of the file, those inside other steps and quotes too. */
export function stepsOf(blocks: readonly GuidanceBlock[]): Step[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'quote') return stepsOf(block.blocks);
    if (block.kind !== 'list') return [];
    return block.items.flatMap((item) => [...(item.kind === 'step' ? [item] : []), ...stepsOf(item.blocks)]);
  });
}
