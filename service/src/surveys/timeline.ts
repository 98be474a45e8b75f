// Lists a customer's answers to surveys for the timeline, imported ones included, except anonymous ones.
import { readRows } from '../platform/storage/joined-queries.ts';
import type { TimelineSource } from '../sidebar/index.ts';
import { mergeAnswers, otherAnswers, ownAnswers } from './customer-answers/answers-of-customer.ts';

export const surveysTimeline: TimelineSource = {
  name: 'surveys',
  read: async (db, { requesterId, policy, limit }) => {
    const of = { requesterId, seen: undefined, most: limit };
    const [own, others] = [await readRows(db, ownAnswers(of)), await readRows(db, otherAnswers(of))];
    return mergeAnswers(policy, own, others)
      .slice(0, limit)
      .map(({ survey, score, outOf, ticketId, at }) => ({
        kind: 'answered',
        survey,
        score,
        outOf,
        ticketId,
        at: new Date(at),
      }));
  },
};
