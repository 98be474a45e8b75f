// Shows in the sidebar the newest answers that a ticket's customer gave to surveys.
import type { Asked, CardSection } from '../../sidebar/index.ts';
import { mergeAnswers, otherAnswers, ownAnswers } from './answers-of-customer.ts';

const MOST = 5;

/** One more than is shown says whether there are others. */
const own = ({ requesterId, seen }: Asked) => ownAnswers({ requesterId, seen, most: MOST + 1 });
const others = ({ requesterId, seen }: Asked) => otherAnswers({ requesterId, seen, most: MOST + 1 });

export const answersSection: CardSection = {
  key: 'answers',
  queries: [own, others],
  read: ({ rows, inForce: { policy } }) => {
    const answers = mergeAnswers(policy, rows(own), rows(others));
    return { answers: answers.slice(0, MOST), hasMoreAnswers: answers.length > MOST };
  },
};
