// Lists the names in Zendesk that surveys need, so that the directory reads them.
import { CUSTOMER_SURVEYS, type Policy } from '@deskwright/shared';
import { compileRuleSet } from '../decide/rules/rule-set.ts';
import { asksAnything } from './survey-policy.ts';
import { tellsSlack } from './telling/tell-answers.ts';

type Named = 'brand' | 'organization' | 'form';

/** The name in Zendesk; null: none, or unknown. */
export type NameOf = (kind: Named, id: number | null) => string | null;

/** Reports on surveys tell scores by brand, Slack of whose customer an answer is, and conditions of who is asked may use each of them. */
export function namesAsked(policy: Policy): ReadonlySet<Named> {
  const conditions = CUSTOMER_SURVEYS.flatMap((kind) => policy.surveys[kind]?.conditions ?? []);
  const fields = compileRuleSet(conditions).asks;
  const asked: Readonly<Record<Named, boolean>> = {
    brand: asksAnything(policy) || fields.has('brand'),
    organization: tellsSlack(policy) || fields.has('organization'),
    form: fields.has('form'),
  };
  return new Set((Object.keys(asked) as Named[]).filter((kind) => asked[kind]));
}

/** Names that the conditions of campaigns use and that are not stored. */
export function namesOfCohort({ surveys: { nps } }: Policy): readonly ('organization' | 'form')[] {
  const { asks } = compileRuleSet(nps?.conditions ? [nps.conditions] : []);
  return (['organization', 'form'] as const).filter((kind) => asks.has(kind));
}

/**
 * The same names, for a campaign: a round in which nobody had an organization would survey nobody.
 * @throws Error (of the result) when they were not read from Zendesk yet
 */
export function nameIfRead(directory: { hasRead: (kind: Named) => boolean; nameOf: NameOf }): NameOf {
  return (kind, id) => {
    if (!directory.hasRead(kind)) throw new Error(`The ${kind} names were not read from Zendesk yet.`);
    return directory.nameOf(kind, id);
  };
}
