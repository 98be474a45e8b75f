// Names the findings of `check`, with the text of the reference about each.

export interface FindingMeaning {
  readonly means: string;
  /** A part of a policy that has it. */
  readonly example: string;
  readonly todo: string;
  /** Whether `--fix` mends it. */
  readonly isFixed?: boolean;
}

export const FINDING_CODES = {
  'trigger-never-fires': {
    means: 'No ticket can meet the conditions of the policy trigger. The proof names those that exclude one another.',
    example: `all:
  - { field: status, operator: less_than, value: open }
  - { field: status, operator: greater_than, value: open }`,
    todo: 'Correct one of the conditions named, or remove the trigger.',
  },
  'trigger-always-beaten': {
    means:
      'Whenever the policy trigger fires, an earlier one has set the category already. The earlier ones are named: one alone, or several that together cover every ticket.',
    example: `- id: refund
  conditions: { any: [{ field: text, operator: includes_any, value: ["refund*"] }] }
  actions: { category: refund }
- id: refund-late
  conditions: { all: [{ field: text, operator: includes_any, value: [refunds] }] }
  actions: { category: delivery }`,
    todo: 'Move the trigger above those named if it is the more special one; otherwise remove it.',
    isFixed: true,
  },
  'triggers-say-the-same': {
    means: 'Two policy triggers fire for exactly the same tickets.',
    example: `- { id: a, conditions: { all: [{ field: type, operator: is, value: incident }] }, ... }
- { id: b, conditions: { any: [{ field: type, operator: includes_any, value: [incident] }] }, ... }`,
    todo: 'Put the actions of both into one, and remove the other.',
  },
  'condition-never-holds': {
    means:
      'One of several alternatives contradicts the other conditions of its trigger, so it never helps the trigger to fire.',
    example: `all: [{ field: status, operator: is, value: new }]
any:
  - { field: text, operator: includes_any, value: [refund] }
  - { field: status, operator: is, value: solved }`,
    todo: 'Correct the alternative, or remove it.',
    isFixed: true,
  },
  'condition-changes-nothing': {
    means: 'The policy trigger fires for the same tickets without this condition or word, because the others imply it.',
    example: '- { field: text, operator: includes_any, value: [money, "money back"] }',
    todo: 'Remove it.',
    isFixed: true,
  },
  'word-always-beaten': {
    means:
      'For tickets that the policy trigger catches only by this word or condition, an earlier one has set the category already. The rest of the trigger works.',
    example: `- id: refund
  conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }
  actions: { category: refund }
- id: order
  conditions: { any: [{ field: text, operator: includes_any, value: [order, refund] }] }
  actions: { category: order }`,
    todo: 'Move the trigger up, or remove the word here.',
    isFixed: true,
  },
  'word-in-two-categories': {
    means:
      'A word is in policy triggers for different categories, and a ticket can match both because of it: their order decides. With past tickets the finding has the number that matched both.',
    example: `- { id: bug, ... value: [screen, "error*"] ... category: bug }
- { id: warranty, ... value: [screen, crack] ... category: warranty }`,
    todo: 'Nothing, if the first of them is intended to win. Otherwise make the word more specific in one of them.',
  },
  undecided: {
    means: 'It could not be shown that a policy trigger works, nor that it does not. It does not mean that it is fine.',
    example: `all:
  - { field: text, operator: matches, value: 'refunds+' }
none:
  - { field: text, operator: matches, value: 'refund' }`,
    todo: 'Try the trigger with a ticket of your own: a test in the file, or `deskwright explain --tickets`.',
  },
  'not-compared': {
    means:
      'The policy has more triggers or words than `check` compares in one run. What the finding names was not examined; it does not mean that it is fine.',
    example: 'triggers: [...]   # 20,000 of them',
    todo: 'Mend what was found, and check again: each run gets further. Triggers that never decide a ticket can go (`deskwright test --coverage`).',
  },
  'criterion-never-holds': {
    means:
      'No ticket can meet the conditions of a criterion for escalation, so agents never see it. The proof names those that exclude one another.',
    example: `when:
  - text: The customer has waited for two days
    conditions:
      all:
        - { field: waiting_hours, operator: greater_than, value: 48 }
        - { field: waiting_hours, operator: less_than, value: 8 }`,
    todo: 'Correct one of the conditions named, or remove the criterion.',
  },
  'criterion-always-holds': {
    means:
      'Every ticket meets the conditions of a criterion for escalation, so agents are advised to escalate them all.',
    example: `when:
  - text: Nobody has solved it yet
    conditions:
      any:
        - { field: priority, operator: present }
        - { field: priority, operator: absent }`,
    todo: 'Make the conditions more special, or remove the criterion.',
  },
  'criteria-say-the-same': {
    means: 'Two criteria for escalation of one tier hold for exactly the same tickets: agents see both, or none.',
    example: `when:
  - { text: A lawyer is named, conditions: { any: [{ field: text, operator: includes_any, value: [lawyer, attorney] }] } }
  - { text: Legal action, conditions: { any: [{ field: text, operator: includes_any, value: [attorney, lawyer] }] } }`,
    todo: 'Remove one of them, or correct its conditions.',
  },
  'category-never-reached': {
    means:
      'No policy trigger sets the category, and it is not the default. Only people can choose it. A note: those in shadow would set it.',
    example: 'categories: [{ id: returns, name: Returns, tier: t1 }]   # and no trigger with category: returns',
    todo: 'Write a policy trigger for it, or remove it.',
  },
  'category-without-guidance': {
    means: 'Other categories have guidance, and this one has none: beside its tickets the sidebar shows no steps.',
    example: '- { id: returns, name: Returns, tier: t1 }',
    todo: 'Write a Markdown file with the steps, and name it in `guidance`.',
  },
  'survey-after-closing': {
    means:
      'The survey is sent later than Zendesk closes solved tickets (4 days with the automation that every account begins with, 28 days at most): an answer cannot reopen the ticket, and its tag is not written.',
    example: 'surveys: { csat: { delay: 30d, expires: 14d } }',
    todo: 'Ask sooner, or let the automation in Zendesk close tickets later.',
  },
  'word-in-two-drivers': {
    means: 'A word of the lexicon belongs to two drivers, so each comment with it is about both.',
    example: `lexicon:
  - { driver: speed, words: { en: [delivery, slow] } }
  - { driver: shipping, words: { en: [delivery, parcel] } }`,
    todo: 'Nothing, if it is intended. Otherwise make the word more specific in one of them: `slow delivery`.',
  },
  'word-changes-nothing': {
    means: 'Another word of the same driver is found in every comment in which this one is.',
    example: 'lexicon: [{ driver: speed, words: { en: ["wait*", waiting] } }]',
    todo: 'Remove it.',
    isFixed: true,
  },
  'driver-without-words': {
    means: 'Customers can tick a driver, but no comment is matched to it: the lexicon has no words for it.',
    example: 'lexicon: [{ driver: speed, words: { en: [] } }]',
    todo: 'Write words of it under `surveys.lexicon`, in the languages of your customers. Nothing, if ticks are enough.',
  },
  'driver-never-reached': {
    means: 'A driver of the lexicon has no words and is not among those to tick, so no answer is about it.',
    example: 'lexicon: [{ driver: delivery, words: {} }]',
    todo: 'Write words of it, or remove it.',
  },
  'secret-in-file': {
    means:
      'The file contains what looks like a password, key or token; many people can read it, and version control keeps it.',
    example: 'tone_of_voice: "Sign in to the shop with password: hunter2-Blue"',
    todo: 'Remove it and make a new one: the old one is known now. Secrets belong in the environment (`.env`).',
  },
  'tier-without-group': {
    means: 'A tier has no `group` in the policy, so nobody gets its tickets.',
    example: '- { id: t1, name: Tier 1 }',
    todo: 'Write the group under exactly the name it has in Zendesk.',
  },
  'group-missing': {
    means: 'The group of a tier or department does not exist in Zendesk (`check --account`).',
    example: '- { id: t1, name: Tier 1, group: Suport }   # and the account has "Support"',
    todo: 'Write the name as Zendesk has it, or let `deskwright plan` make the group.',
  },
  'brand-missing': {
    means:
      "A brand of surveys does not exist in Zendesk (`check --account`), so surveys about its tickets use the company's name.",
    example: 'surveys: { brands: [{ brand: Polar Kid }] }   # and the account has "Polar Kids"',
    todo: 'Write the name as Zendesk has it.',
  },
  'group-empty': {
    means: 'Nobody is in the group of a tier or department (`check --account`).',
    example: '- { id: t2, name: Tier 2, group: Support Tier 2 }   # and the group has no agents',
    todo: 'Add agents to the group in Zendesk.',
  },
  'agent-in-two-tiers': {
    means: 'An agent is in the groups of two tiers (`check --account`). What they may do follows one of them.',
    example:
      '- { id: t1, ... group: Support Tier 1 }\n- { id: t2, ... group: Support Tier 2 }   # and Priya is in both',
    todo: 'Nothing, if it is intended. Otherwise remove the agent from one group.',
  },
  'group-in-no-view': {
    means: 'None of the views that the policy keeps can show tickets of the group of a tier (`check --account`).',
    example: 'views: [{ title: Tier 1, order: oldest_first }]   # and the view shows the group of tier 1 only',
    todo: 'Name a view for the group under `views`, or widen one in Zendesk.',
  },
  'zendesk-writes-too': {
    means:
      'A Zendesk trigger, automation or omnichannel queue writes what the policy decides: group, priority or tags (`check --account`). Both write in turn, and agents see the ticket change.',
    example: 'actions: { priority: high }   # and the Zendesk trigger "Raise VIPs" sets the priority',
    todo: 'Deactivate the rule in Zendesk and do the same in the policy, or leave it to Zendesk.',
  },
  'view-newest-first': {
    means: 'A view shows the newest ticket on top, so whoever has waited longest is answered last.',
    example: '- { title: Unassigned, order: newest_first }',
    todo: 'Write `oldest_first`, or leave the view out of the file.',
  },
  'pattern-not-re2': {
    means:
      'The expression uses something that RE2 does not run, such as look-ahead. RE2 needs linear time, so that no pattern can stop the service.',
    example: "- { field: text, operator: matches, value: 'refund(?!ed)' }",
    todo: 'Write two conditions: `matches` for what must be there, `not_matches` for what must not.',
  },
  invalid: {
    means: 'The file cannot be used as it is. The message lists what is allowed at this place.',
    example: 'default_category: refnd',
    todo: 'Correct what the message names. The last valid policy remains in force meanwhile.',
  },
  advice: {
    means: 'The file works, but something in it is probably not intended.',
    example: 'surveys: { ces: { delay: 2h, expires: 14d } }   # and no category uses ces',
    todo: 'Correct what the message names.',
  },
} as const satisfies Record<string, FindingMeaning>;

export type FindingCode = keyof typeof FINDING_CODES;

/** The page about a finding, from the top of the repository. */
export const pageOf = (code: FindingCode): string => `docs/reference/findings.md#${code}`;
