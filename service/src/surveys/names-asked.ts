// Lists the names in Zendesk that surveys need, so that the directory reads them.
import { type Policy, SURVEYS } from '@deskwright/shared';
import { compileRuleSet } from '../decide/rules/rule-set.ts';
import { asksAnything } from './survey-policy.ts';
import { tellsSlack } from './telling/tell-answers.ts';

type Named = 'brand' | 'organization' | 'form';

/** Reports on surveys tell scores by brand, Slack of whose customer an answer is, and conditions of who is asked may use each of them. */
export function namesAsked(policy: Policy): ReadonlySet<Named> {
  const conditions = SURVEYS.flatMap((kind) => policy.surveys[kind]?.conditions ?? []);
  const fields = compileRuleSet(conditions).asks;
  const asked: Readonly<Record<Named, boolean>> = {
    brand: asksAnything(policy) || fields.has('brand'),
    organization: tellsSlack(policy) || fields.has('organization'),
    form: fields.has('form'),
  };
  return new Set((Object.keys(asked) as Named[]).filter((kind) => asked[kind]));
}
