// Lists the canned replies of guidance, as text that Zendesk's macros can hold.
import type { GuidanceBlock } from '@deskwright/shared/contract';
import { type Guidance, type GuidanceByCategory, PLACEHOLDER, PLACEHOLDER_NAMES } from './guidance.ts';

export interface CannedReply {
  categoryId: string;
  /** The heading above it; null: there is none. */
  heading: string | null;
  /** With Zendesk's placeholders, which are the guidance's own. */
  text: string;
}

/**
 * In the order of the files. The company's name is filled in; of what is looked up in the customer's words, a blank is left that the agent
 * sees, as Zendesk cannot look it up. @param company as in the policy
 */
export function cannedReplies(guidance: GuidanceByCategory, company: string): CannedReply[] {
  return [...guidance].flatMap(([categoryId, { blocks }]) =>
    repliesOf(blocks, null).replies.map(({ heading, text }) => ({
      categoryId,
      heading,
      text: text.replace(PLACEHOLDER, (_written, name: string) => forZendesk(name, company)),
    })),
  );
}

function forZendesk(name: string, company: string): string {
  if (name === 'ticket.account') return company;
  return PLACEHOLDER_NAMES.includes(name) ? `{{${name}}}` : `[${name.replaceAll('_', ' ')}]`;
}

type Replies = Pick<CannedReply, 'heading' | 'text'>[];

/** The heading holds until the next one, also for what follows a list. */
function repliesOf(blocks: Guidance['blocks'], above: string | null): { replies: Replies; heading: string | null } {
  let heading = above;
  const replies: Replies = [];
  const inside = (nested: readonly GuidanceBlock[]): void => {
    const found = repliesOf(nested, heading);
    replies.push(...found.replies);
    heading = found.heading;
  };
  for (const block of blocks) {
    if (block.kind === 'heading')
      heading = block.text
        .map(({ text }) => text)
        .join('')
        .trim();
    else if (block.kind === 'reply') replies.push({ heading, text: block.text });
    else if (block.kind === 'quote') inside(block.blocks);
    else if (block.kind === 'list') for (const item of block.items) inside(item.blocks);
  }
  return { replies, heading };
}
