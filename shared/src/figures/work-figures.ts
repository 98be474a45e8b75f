// Defines the figures about how tickets flow, where they go and how they are categorised.
import type { DefinedFigure } from './figure-definition.ts';
import type { FigureId } from './figure-ids.ts';

export const WORK_FIGURES = {
  one_touch_rate: {
    name: 'One-touch rate',
    better: 'more',
    definition: 'The share of solved tickets that took one public reply or none.',
    formula: 'solved tickets with fewer than 2 public replies of agents ÷ solved tickets, each at its last solve.',
    leavesOut:
      'Tickets that are not solved now; merged tickets. The public message with which an agent opened a ticket is no reply.',
    source: 'Zendesk Explore, "One-touch tickets": solved with fewer than two agent replies',
    from: { kind: 'ratio', of: 'one_touch', per: ['full_resolution'] },
  },
  reopen_rate: {
    name: 'Reopen rate',
    better: 'less',
    definition: 'How many solved tickets are opened again, for each solve.',
    formula: 'reopenings ÷ solves. A reopening counts for the tier, group and agent who had solved the ticket.',
    leavesOut:
      'Follow-up tickets of closed ones. Both are counted when they happen, so a reopening may belong to a solve of an earlier period.',
    source: 'Zendesk’s ticket metrics (`reopens`), over solves',
    from: { kind: 'ratio', of: 'reopen', per: ['solve'] },
  },
  escalation_rate: {
    name: 'Escalation rate',
    better: 'less',
    definition: 'Of the tickets that came to a tier, how many went on to a tier further up.',
    formula:
      'moves to a tier further up ÷ times that a ticket came to a tier: when it arrived, was escalated or was handed back.',
    leavesOut:
      'Moves to a tier below and to departments; changes of the tier by a corrected category are no escalation.',
    source: 'Own definition: there is no common one',
    from: { kind: 'ratio', of: 'escalation', per: ['tier_entry'] },
  },
  hand_off_rate: {
    name: 'Hand-off rate',
    better: 'neither',
    definition: 'How often tickets are handed to a department, for each ticket that arrives.',
    formula: 'moves to a department, from the sidebar or in Zendesk ÷ arrivals.',
    leavesOut: 'Messages to a department that move no ticket. A ticket handed over twice counts twice.',
    source: 'Own definition',
    from: { kind: 'ratio', of: 'hand_off', per: ['arrival'] },
  },
  bounce_rate: {
    name: 'Bounce rate',
    better: 'less',
    definition: 'How often tickets go back to a tier or department that they had left, for each ticket that arrives.',
    formula: 'moves back ÷ arrivals. From A to B to A to B are three moves, and two of them go back.',
    leavesOut:
      'Moves that Deskwright makes by itself, such as for a corrected category. The sidebar counts all moves of a ticket; `detail` of each bounce has that number.',
    source: 'Own definition',
    from: { kind: 'ratio', of: 'bounce', per: ['arrival'] },
  },
  arrivals: {
    name: 'Arrivals',
    better: 'neither',
    definition: 'How many tickets arrived.',
    formula: 'tickets by the time of their creation, of the tier and group where they were first placed.',
    leavesOut: 'Deleted tickets and spam. Tickets that were merged later arrived too.',
    source: 'Zendesk’s `created_at`',
    from: { kind: 'count', of: 'arrival' },
  },
  solves: {
    name: 'Solves',
    better: 'more',
    definition: 'How many times tickets were solved.',
    formula:
      'changes of the status to solved, or to closed without a solve before. Each counts for the group and agent responsible at that time, whoever has the ticket later.',
    leavesOut: 'The closing of merged tickets; closing a solved ticket. A ticket that is solved twice counts twice.',
    source: 'Zendesk, "About native Support time duration metrics", for what is a resolution',
    from: { kind: 'count', of: 'solve' },
  },
  waiting: {
    name: 'Waiting now',
    better: 'less',
    definition: 'How many customers wait for an answer now.',
    formula: 'tickets with a public message of the customer that neither a public reply nor a solve has followed.',
    leavesOut: 'Tickets that are solved, closed, deleted or spam; automatic replies of mail programs are no message.',
    source: 'Own definition, the same as the queue’s',
    from: { kind: 'now' },
  },
  open_tickets: {
    name: 'Open tickets',
    better: 'less',
    definition: 'How many tickets are not solved now.',
    formula: 'tickets in the status new, open, pending or hold.',
    leavesOut: 'Deleted tickets, spam and merged tickets.',
    source: 'Zendesk’s `status_category`',
    from: { kind: 'now' },
  },
  overtake_rate: {
    name: 'Overtake rate',
    better: 'less',
    definition: 'The share of replies that answered a newer ticket while an older one of the same queue waited.',
    formula:
      'replies that passed an older ticket ÷ replies to customers who waited. Older: waiting since before the one that was answered; the same queue: then in the same tier, in the same band (urgent or not), with nobody’s name on it or that of the agent who replied.',
    leavesOut:
      'Tickets with a department, and those assigned to somebody else: another agent would not have answered them. Replies of departments. A solve without a reply is no overtake.',
    source: 'Own definition; the fairness of queues by first come, first served (Kingman 1962, Larson 1987)',
    from: { kind: 'ratio', of: 'overtake', per: ['first_reply', 'next_reply'] },
  },
  clock_flips: {
    name: 'Clock flips',
    better: 'less',
    definition:
      'How often an agent set a ticket to pending while the customer waited for an answer, which stops Zendesk’s clocks.',
    formula: 'changes to pending by an agent during a wait, without a public reply until a minute later.',
    leavesOut: 'Changes by triggers and automations; on hold, which stops no clock of the customer.',
    source: 'Own definition; requester wait time leaves out pending',
    from: { kind: 'count', of: 'clock_flip' },
  },
  automatic_rate: {
    name: 'Categorised automatically',
    better: 'more',
    definition: 'The share of tickets whose category a trigger set and nobody changed.',
    formula: 'tickets that have the category that a trigger gave them ÷ tickets with a category, by their arrival.',
    leavesOut:
      'Tickets with the default category are not categorised by a trigger, so they count as not automatic. A correction that was undone does not count. Tickets from before the installation.',
    source: 'Own definition',
    from: { kind: 'met', of: ['automatic_category'] },
  },
  override_rate: {
    name: 'Override rate',
    better: 'less',
    definition: 'The share of tickets in which a person changed the category that the policy had set.',
    formula:
      'tickets whose category a person changed ÷ tickets with a category. Of one trigger: of the tickets that it decided.',
    leavesOut: 'Corrections that were undone; changes by Zendesk’s own triggers.',
    source: 'Own definition',
    from: { kind: 'ratio', of: 'override', per: ['automatic_category'] },
  },
  in_shadow: {
    name: 'Would be decided otherwise',
    better: 'neither',
    definition: 'How many tickets triggers in shadow would have decided otherwise than was done.',
    formula:
      'tickets whose last decision in the period differs in category, tier, priority, survey or tags from what the whole policy decides, by the trigger that causes it.',
    leavesOut: 'Tickets placed by people, and solved ones. The filters of the page do not apply.',
    source: 'Own definition; `mode` of the policy',
    from: { kind: 'shadow' },
  },
  other_share: {
    name: 'Share of the default category',
    better: 'less',
    definition: 'The share of tickets that have the default category of the policy.',
    formula: 'tickets that now have `default_category` ÷ tickets with a category, by their arrival.',
    leavesOut: 'Tickets without a category, such as those from before the installation.',
    source: 'Own definition',
    from: { kind: 'ratio', of: 'other', per: ['automatic_category'] },
  },
  guidance_coverage: {
    name: 'Guidance coverage',
    better: 'more',
    definition: 'The share of tickets whose category has guidance.',
    formula: 'tickets whose present category has guidance in the policy ÷ tickets with a category, by their arrival.',
    leavesOut: 'Tickets without a category. Whether the guidance was followed is another figure.',
    source: 'Own definition; the goal is commonly set at 95 %',
    from: { kind: 'ratio', of: 'guided', per: ['automatic_category'] },
  },
  steps_followed: {
    name: 'Steps followed',
    better: 'more',
    definition: 'Of the steps of the guidance, how many were done when the ticket was solved.',
    formula: 'mean over solved tickets of: steps marked as done by the last solve ÷ steps of the category’s guidance.',
    leavesOut:
      'Tickets whose category has no guidance or guidance without steps; steps that are no longer in the guidance.',
    source: 'Own definition',
    from: { kind: 'mean', of: 'steps_followed', outOf: 100 },
  },
  days_to_clear: {
    name: 'Days to clear',
    better: 'less',
    definition: 'In how many days the open tickets will be worked off if arrivals and solves go on as they did.',
    formula:
      'the median day on which open tickets + arrivals − solves first reaches 0, over simulated futures that repeat past days, each weekday by the same weekdays; the interval is from the 10th to the 90th percentile. None if half of the futures do not get there within a year.',
    leavesOut: 'What is planned or will change: holidays to come, launches, new staff.',
    source: 'Efron and Tibshirani, "An Introduction to the Bootstrap" (1993)',
    from: { kind: 'forecast' },
  },
} as const satisfies Partial<Record<FigureId, DefinedFigure>>;
