// Answers with all answers that a ticket's customer gave to surveys, a page at a time.
import type { Policy } from '@deskwright/shared';
import type { AnswersPage } from '@deskwright/shared/contract';
import { z } from 'zod';
import type { Database } from '../../platform/storage/database.ts';
import { readRows } from '../../platform/storage/joined-queries.ts';
import { defineTicketCall, seenBy, type TicketCall } from '../../sidebar/index.ts';
import { mergeAnswers, otherAnswers, ownAnswers } from './answers-of-customer.ts';

const PAGE = 20;
/** Nobody has answered more. */
const LAST_PAGE = 100;

interface AnswersCallDeps {
  readonly db: Database;
  readonly policy: { current: () => { policy: Policy } };
}

/** `GET /api/tickets/:id/answers/:page`, the newest on page 1. */
export function answersCall({ db, policy }: AnswersCallDeps): TicketCall {
  return defineTicketCall({
    name: 'answers',
    method: 'get',
    path: '/answers/:page',
    params: z.object({ page: z.coerce.number().int().min(1).max(LAST_PAGE) }),
    answer: async ({ ticket, agent }, { page }) => {
      const { requesterId } = ticket;
      if (requesterId === null) return { kind: 'answer', body: { answers: [], hasMore: false } satisfies AnswersPage };
      const of = { requesterId, seen: seenBy(agent), most: page * PAGE + 1 };
      const [own, others] = await Promise.all([readRows(db, ownAnswers(of)), readRows(db, otherAnswers(of))]);
      const all = mergeAnswers(policy.current().policy, own, others);
      const answers = all.slice((page - 1) * PAGE, page * PAGE);
      return { kind: 'answer', body: { answers, hasMore: all.length > page * PAGE } satisfies AnswersPage };
    },
  });
}
