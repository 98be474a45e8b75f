// Makes a policy and a report from what an account has.
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { namesOf } from './account-names.ts';
import { isRecord, readRules } from './account-setup.ts';
import { buildPolicy, type StartingPolicy } from './build-policy.ts';
import { describeStart } from './describe-start.ts';
import { type Faults, findFaults } from './find-faults.ts';
import { readActions } from './rule-actions.ts';
import { buildTranslator } from './translate-condition.ts';
import { translateRule } from './translate-rule.ts';

export interface AccountStart extends StartingPolicy, Faults {
  readonly odd: readonly string[];
  /** Markdown. */
  readonly report: string;
}

/** Pure: the same account gives the same policy and report, whatever is odd in it. */
export function startFromAccount(setup: AccountSetup): AccountStart {
  const names = namesOf(setup);
  const read = [
    readRules('trigger', setup.triggers),
    readRules('automation', setup.automations),
    readRules('view', setup.views),
    readRules('macro', setup.macros),
  ];
  const rules = read.flatMap((one) => one.rules);
  const odd = [...read.flatMap((one) => one.odd), ...oddOthers(setup)];
  const translate = buildTranslator(names, rules);
  const judged = rules
    .filter(({ active }) => active)
    .map((rule) => ({ translated: translateRule(rule, translate), actions: readActions(rule, names) }));
  const faults = findFaults(judged, setup, names);
  const policy = buildPolicy(rules, judged, setup, names);
  return {
    ...policy,
    ...faults,
    odd,
    report: describeStart({ ...policy, ...faults, rules, odd, unread: setup.unread }),
  };
}

function oddOthers({ groups, ticketFields, brands, forms }: AccountSetup): string[] {
  const lists = { groups, 'ticket fields': ticketFields, brands, forms };
  return Object.entries(lists).flatMap(([name, records]) => {
    const count = records.filter((record) => !isRecord(record)).length;
    return count === 0 ? [] : [`${count} of the ${name} are not records; they were left out.`];
  });
}
