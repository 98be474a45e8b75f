// Defines the figures that are durations, and the share of replies within target.
import type { DefinedFigure } from './figure-definition.ts';
import type { FigureId } from './figure-ids.ts';

const DURATIONS =
  'Zendesk, "About native Support time duration metrics" (support.zendesk.com/hc/en-us/articles/4408834848154)';
const BOTH =
  'Shown as elapsed time and as business time (the `business_hours` of the policy), each with its median, 90th percentile and mean.';

export const TIME_FIGURES = {
  first_reply_time: {
    name: 'First reply time',
    better: 'less',
    definition: 'How long customers wait from writing a ticket until an agent first answers in public.',
    formula: `first public reply of an agent − arrival of the ticket; of a ticket that an agent opened with a public message, that message is not the reply. ${BOTH}`,
    leavesOut:
      'Tickets without a reply so far; automatic replies and private notes; deleted tickets and spam. Counted in the period of the reply.',
    source: DURATIONS,
    from: { kind: 'time', of: 'first_reply' },
  },
  next_reply_time: {
    name: 'Next reply time',
    better: 'less',
    definition: 'How long a customer who writes again waits for the next public answer of an agent.',
    formula: `public reply of an agent − the customer’s oldest unanswered public message; of every reply but the first. ${BOTH}`,
    leavesOut:
      'Replies to nobody, as when an agent writes twice; automatic replies; messages that a solve ended without a reply. Counted in the period of the reply.',
    source: 'Zendesk, "Defining SLA policies", next reply time (support.zendesk.com/hc/en-us/articles/4408829459866)',
    from: { kind: 'time', of: 'next_reply' },
  },
  requester_wait_time: {
    name: 'Requester wait time',
    better: 'less',
    definition: 'How long a ticket was in our hands before it was solved: all time in new, open and on hold.',
    formula: `sum of the stretches in the status new, open or hold, from the arrival to the last solve. ${BOTH}`,
    leavesOut:
      'Time in pending and in solved; tickets that are not solved now. Counted in the period of the last solve.',
    source: DURATIONS,
    from: { kind: 'time', of: 'requester_wait' },
  },
  first_resolution_time: {
    name: 'First resolution time',
    better: 'less',
    definition: 'How long it takes from the arrival of a ticket until it is solved for the first time.',
    formula: `first solve − arrival. A ticket that is closed without being solved is solved then. ${BOTH}`,
    leavesOut: 'Tickets never solved; merged tickets. Counted in the period of the first solve.',
    source: DURATIONS,
    from: { kind: 'time', of: 'first_resolution' },
  },
  full_resolution_time: {
    name: 'Full resolution time',
    better: 'less',
    definition: 'How long it takes from the arrival of a ticket until it is solved for good.',
    formula: `last solve − arrival. ${BOTH}`,
    leavesOut:
      'Tickets that are not solved now, such as reopened ones; merged tickets. Counted in the period of the last solve, so a reopened ticket leaves the earlier period.',
    source: DURATIONS,
    from: { kind: 'time', of: 'full_resolution' },
  },
  department_answer_time: {
    name: 'Department answer time',
    better: 'less',
    definition: 'How long a department has a ticket that was handed to it, until it goes on from there.',
    formula: `the ticket leaves the department − it came to the department. Business time is that of the department’s own \`hours\`. ${BOTH}`,
    leavesOut: 'Tickets still with the department, or solved there. Counted in the period of the answer.',
    source: 'Own definition; the target is `answers_within` of the department',
    from: { kind: 'time', of: 'department_answer' },
  },
  replies_within_target: {
    name: 'Replies within target',
    better: 'more',
    definition: 'The share of first and next replies that came within the target of the policy.',
    formula:
      'replies with reply ≤ due ÷ replies that had a target. Due is counted from when the customer began to wait, by the first of the policy’s `targets` that fits the tier, priority and channel that the ticket had at the reply.',
    leavesOut:
      'Replies for which the policy sets no target. Tickets from before the installation are judged by today’s targets, without a priority.',
    source: 'Own definition, with the same target that the sidebar shows',
    from: { kind: 'met', of: ['first_reply', 'next_reply'] },
  },
  oldest_wait: {
    name: 'Oldest wait',
    better: 'less',
    definition: 'How long the customer who has waited longest has been waiting now.',
    formula: 'now − the oldest unanswered public message of any customer who waits.',
    leavesOut: 'Tickets that are solved, closed, deleted or spam; tickets whose last public word was an agent’s.',
    source: 'Own definition; the wait is that of the queue (Zendesk’s next reply time starts at the same message)',
    from: { kind: 'now' },
  },
} as const satisfies Partial<Record<FigureId, DefinedFigure>>;
