// Finds what an agent should check in a reply before sending it. Nothing of the reply is stored or logged.
import type { ReplyCheck } from '@deskwright/shared/contract';
import { z } from 'zod';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import { cutSentence, sentencesOf } from '../card/sentences.ts';

/** Zendesk accepts 64 kB per comment. */
export const aReply = z.object({ text: z.string().max(65_536) });

export function checkReply({ reply }: Pick<CompiledPolicy, 'reply'>, text: string): ReplyCheck {
  return {
    promises: sentencesOf(text).filter(reply.promisesNoDate).map(cutSentence),
    avoid: reply.avoidedIn(text).map(({ phrase, instead }) => ({
      // Without the marks for endings and misspellings.
      phrase: phrase.replaceAll(/[*~]/g, ''),
      instead: instead ?? null,
    })),
  };
}
