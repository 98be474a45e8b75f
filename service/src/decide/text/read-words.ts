// Builds the text fields of a ticket's facts: the only place where quotes, signatures and notices are cut out.
import type { TicketFacts } from '@deskwright/shared';
import { isForwardSubject } from './mail-marks.ts';
import { readSubject, readText } from './read-text.ts';

type Words = Pick<TicketFacts, 'subject' | 'description' | 'comment' | 'fullText'>;

/** @param comment the customer's newest public one; null: there is only the description */
export function readWords(subject: string, description: string, comment: string | null): Words {
  const isForward = isForwardSubject(subject);
  const [head, body] = [readSubject(subject), readText(description, isForward)];
  return {
    subject: head.written,
    description: body.written,
    comment: comment === null || comment === description ? body.written : readText(comment).written,
    ...((head.cuts.length > 0 || body.cuts.length > 0) && {
      fullText: { subject: head.whole, description: body.whole, cuts: body.cuts },
    }),
  };
}
