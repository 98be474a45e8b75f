// Finds the names in the policy that the account does not have.
import {
  type Condition,
  type ConditionGroup,
  CUSTOMER_SURVEYS,
  type CustomerSurvey,
  foldText,
  GROUP_KEYS,
  isCondition,
  type NamePlaces,
  nearestSpelling,
  type Policy,
} from '@deskwright/shared';

/** The account's names, in Zendesk's own spelling. */
export interface AccountNames {
  readonly groups: readonly string[];
  readonly agentEmails: readonly string[];
  /** Null: they were not read. */
  readonly brands: readonly string[] | null;
}

export interface UnknownName {
  /** Where in the policy: `config/deskwright.yaml line 9`, or `tiers[1].group` if the line is not known. */
  readonly place: string;
  /** What names it, in the policy's own words: `tier t2`. */
  readonly by: string;
  readonly kind: 'group' | 'agent' | 'brand';
  readonly name: string;
  /** The nearest name that the account has. */
  readonly didYouMean: string | null;
  /** A sentence without full stop: what does not work because of it. */
  readonly effect: string;
}

interface Named extends Omit<UnknownName, 'didYouMean' | 'place'> {
  /** `tiers[1].group`. */
  readonly key: string;
  /** Conditions ignore case; a tier's group is looked up exactly as written. */
  readonly isExact: boolean;
}

/** In the policy's order. The account's names can change at any time, so these are not errors of the file. */
export function findUnknownNames(policy: Policy, account: AccountNames, places?: NamePlaces): UnknownName[] {
  const known = { group: account.groups, agent: account.agentEmails, brand: account.brands };
  return namesIn(policy).flatMap(({ isExact, key, ...named }) => {
    const { kind, name } = named;
    const names = known[kind];
    if (names === null) return [];
    const isThere = names.some((other) => (isExact ? other === name : foldText(other) === foldText(name)));
    if (isThere) return [];
    const at = places?.[key];
    const place = at ? `${at.file} line ${at.line}` : key;
    return [{ ...named, place, didYouMean: nearest(name, names) }];
  });
}

/** Compares addresses by the part before the @: within one company the rest is the same. */
function nearest(name: string, known: readonly string[]): string | null {
  const local = (text: string) => text.split('@')[0] ?? text;
  const best = nearestSpelling(local(name), known.map(local));
  return known.find((other) => local(other) === best) ?? null;
}

function namesIn({ tiers, triggers, escalation, departments, refunds, surveys }: Policy): Named[] {
  return [
    ...tiers.map(({ id, group }, index) => ({
      key: `tiers[${index}].group`,
      by: `tier ${id}`,
      kind: 'group' as const,
      name: group,
      effect: 'its tickets are tagged but not moved',
      isExact: true,
    })),
    ...triggers.flatMap(({ id, conditions }, index) =>
      namesAsked(conditions, `triggers[${index}].conditions`, `trigger ${id}`),
    ),
    ...escalation.criteria.flatMap(({ tier, when }, index) =>
      when.flatMap(({ conditions }, at) =>
        conditions
          ? namesAsked(
              conditions,
              `escalation.criteria[${index}].when[${at}].conditions`,
              `criterion ${at + 1} of tier ${tier}`,
            )
          : [],
      ),
    ),
    ...departments.map(({ id, group }, index) => ({
      key: `departments[${index}].group`,
      by: `department ${id}`,
      kind: 'group' as const,
      name: group,
      effect: 'no ticket can be handed to it',
      isExact: true,
    })),
    ...CUSTOMER_SURVEYS.flatMap((kind) =>
      namesAsked(surveys[kind]?.conditions ?? {}, `surveys.${kind}.conditions`, `conditions of ${kind}`),
    ),
    ...followUpGroups({ surveys }).map(({ survey, group }) => ({
      key: `surveys.${survey}.follow_up.group`,
      by: `follow_up of ${survey}`,
      kind: 'group' as const,
      name: group,
      effect: 'bad answers get no follow-up',
      isExact: true,
    })),
    ...surveys.brands.map(({ brand }, index) => ({
      key: `surveys.brands[${index}].brand`,
      by: 'brands of surveys',
      kind: 'brand' as const,
      name: brand,
      effect: 'nobody is asked under it',
      isExact: true,
    })),
    ...(surveys.follow_ups.recorded_by?.agents ?? []).map((email, index) =>
      agent(
        `surveys.follow_ups.recorded_by.agents[${index}]`,
        'recorded_by of follow-ups',
        email,
        'nobody with that address records outcomes',
      ),
    ),
    ...(refunds?.limits ?? []).flatMap(({ agents = [] }, index) =>
      agents.map((email, at) =>
        agent(
          `refunds.limits[${index}].agents[${at}]`,
          `limit ${index + 1} of refunds`,
          email,
          'the limit applies to nobody',
        ),
      ),
    ),
    ...goodwillAgents(refunds?.goodwill),
    ...(refunds?.approve_above_limit ?? []).map((email, index) =>
      agent(
        `refunds.approve_above_limit[${index}]`,
        'approve_above_limit',
        email,
        'agents are told to ask a person who does not exist',
      ),
    ),
    ...(refunds?.approvals.escalate_to ?? []).map((email, index) =>
      agent(
        `refunds.approvals.escalate_to[${index}]`,
        'escalate_to of approvals',
        email,
        'requests are escalated to a person who does not exist',
      ),
    ),
  ];
}

function goodwillAgents(goodwill: NonNullable<Policy['refunds']>['goodwill']): Named[] {
  const { budgets = [], catalogue = [] } = goodwill ?? {};
  return [
    ...budgets.flatMap(({ agents = [] }, index) =>
      agents.map((email, at) =>
        agent(
          `refunds.goodwill.budgets[${index}].agents[${at}]`,
          `budget ${index + 1} of goodwill`,
          email,
          'the budget is for nobody',
        ),
      ),
    ),
    ...catalogue.flatMap(({ id, allow }, index) =>
      (allow?.agents ?? []).map((email, at) =>
        agent(
          `refunds.goodwill.catalogue[${index}].allow.agents[${at}]`,
          `goodwill ${id}`,
          email,
          'nobody with that address gives it',
        ),
      ),
    ),
  ];
}

const agent = (key: string, by: string, name: string, effect: string): Named => ({
  key,
  by,
  kind: 'agent',
  name,
  effect,
  isExact: false,
});

/** Whole names only: `includes_any` and patterns match parts of a name. */
function namesAsked(conditions: ConditionGroup, key: string, by: string): Named[] {
  return GROUP_KEYS.flatMap((part) =>
    (conditions[part] ?? []).flatMap((node, index) => {
      const at = `${key}.${part}[${index}]`;
      return isCondition(node) ? nameAsked(node, at, by) : namesAsked(node, at, by);
    }),
  );
}

function nameAsked({ field, operator, value }: Condition, at: string, by: string): Named[] {
  if ((operator !== 'is' && operator !== 'is_not') || typeof value !== 'string') return [];
  const effect = operator === 'is' ? 'the condition never holds' : 'the condition always holds';
  if (field === 'group') return [{ key: `${at}.value`, by, kind: 'group', name: value, effect, isExact: false }];
  return field === 'assignee' ? [agent(`${at}.value`, by, value, effect)] : [];
}

interface FollowUpGroup {
  readonly survey: CustomerSurvey;
  /** Its name in Zendesk. */
  readonly group: string;
}

/** Of surveys whose bad answers are followed up. */
export function followUpGroups({ surveys }: Pick<Policy, 'surveys'>): FollowUpGroup[] {
  return CUSTOMER_SURVEYS.flatMap((survey) => {
    const { action, group } = surveys[survey]?.follow_up ?? {};
    return group === undefined || action === 'none' ? [] : [{ survey, group }];
  });
}
