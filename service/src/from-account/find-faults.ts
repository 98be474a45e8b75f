// Finds what is wrong in an account's rules.

import { proveNever, type Verdict } from '../decide/prove/index.ts';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import type { AccountNames } from './account-names.ts';
import { type AccountRule, isRecord, textOf } from './account-setup.ts';
import { compareTriggers } from './compare-triggers.ts';
import { type Fault, type Judged, nameOf } from './fault.ts';
import { describeRaw } from './translate-rule.ts';

export interface Faults {
  readonly faults: readonly Fault[];
  /** What could be neither shown nor ruled out. */
  readonly undecided: readonly string[];
}

/** @param judged the active rules of all kinds, each kind in its order */
export function findFaults(judged: readonly Judged[], setup: AccountSetup, names: AccountNames): Faults {
  const undecided: string[] = [];
  const faults: Fault[] = [];
  const dead = new Set<AccountRule>();
  for (const one of judged) {
    const { rule, gone } = one.translated;
    const fault = findNever(one, undecided);
    if (fault !== null) dead.add(rule);
    const missing = [...new Set([...gone, ...one.actions.gone])];
    if (fault !== null) faults.push(fault);
    else if (missing.length > 0)
      faults.push({
        code: 'gone',
        rule,
        sentence: `names ${missing.join(', ')}, which the account does not have any more`,
        proof: [],
      });
    if (rule.kind === 'view' && isNewestFirst(rule))
      faults.push({
        code: 'newest_first',
        rule,
        sentence: 'has the newest ticket on top, so who has waited longest is answered last',
        proof: [],
      });
  }
  const triggers = judged.filter(({ translated: { rule } }) => rule.kind === 'trigger' && !dead.has(rule));
  faults.push(
    ...compareTriggers(triggers, undecided),
    ...findOwnerless(triggers, setup, names, undecided),
    ...findTagCategories(judged, setup),
  );
  return { faults, undecided };
}

function findNever({ translated: { rule, proof, isExact } }: Judged, undecided: string[]): Fault | null {
  if (rule.kind === 'macro' || (rule.all.length === 0 && rule.any.length === 0)) return null;
  const verdict = proveNever(proof);
  if (verdict.outcome === 'proved') {
    const what = rule.kind === 'view' ? 'never shows a ticket' : 'never fires';
    const from = contradicting(rule, verdict);
    return { code: 'never_fires', rule, sentence: `${what}: its conditions exclude one another`, proof: from };
  }
  if (verdict.outcome === 'undecided')
    undecided.push(`Whether the ${nameOf(rule)} can ever ${does(rule)}: ${verdict.why}.`);
  else if (!isExact)
    undecided.push(
      `Whether the ${nameOf(rule)} can ever ${does(rule)} depends on conditions that only Zendesk can evaluate.`,
    );
  return null;
}

const does = ({ kind }: AccountRule): string => (kind === 'view' ? 'show a ticket' : 'fire');

const contradicting = (rule: AccountRule, verdict: Verdict): readonly string[] => {
  const from = verdict.outcome === 'proved' ? verdict.because.flatMap((step) => step.from) : [];
  // Facts that only Zendesk knows have no readable name.
  return from.some((text) => text.includes('custom_field:9000000000')) || from.length === 0
    ? [...rule.all, ...rule.any].map(describeRaw)
    : from;
};

function isNewestFirst({ raw }: AccountRule): boolean {
  const execution = isRecord(raw['execution']) ? raw['execution'] : {};
  const sort = isRecord(execution['sort']) ? execution['sort'] : {};
  const by = textOf(execution['sort_by']) || textOf(sort['id']);
  const order = textOf(execution['sort_order']) || textOf(sort['order']);
  return (
    order === 'desc' &&
    ['created', 'created_at', 'nice_id', 'id', 'updated', 'updated_at', 'received_at', 'requester_updated_at'].includes(
      by,
    )
  );
}

/** Whom to ask is said by the description or by the log of who changed it last, if that person still works here. */
function findOwnerless(
  triggers: readonly Judged[],
  { ruleChanges }: AccountSetup,
  names: AccountNames,
  undecided: string[],
): Fault[] {
  if (ruleChanges === null) {
    if (triggers.some(({ translated: { rule } }) => rule.description === ''))
      undecided.push('Whether Zendesk triggers have an owner: the account gives no log of who changed them.');
    return [];
  }
  const lastBy = new Map<string, string>();
  for (const change of ruleChanges.filter(isRecord)) {
    const id = textOf(change['source_id']);
    if (!lastBy.has(id)) lastBy.set(id, textOf(change['actor_id']));
  }
  return triggers.flatMap(({ translated: { rule } }): Fault[] => {
    const by = lastBy.get(rule.id);
    if (rule.raw['default'] === true || (by === undefined ? rule.description !== '' : names.isWorking(by))) return [];
    const sentence =
      by === undefined
        ? 'has no owner: the log has no change of it, and its description names nobody to ask'
        : 'has no owner: who changed it last does not work here any more';
    return [{ code: 'no_owner', rule, sentence, proof: [] }];
  });
}

const READS_WORDS = /_includes_word$/;

/** Tags by which triggers sort tickets by their words, with no drop-down field that carries them. */
function findTagCategories(judged: readonly Judged[], { ticketFields }: AccountSetup): Fault[] {
  const carried = new Set(
    ticketFields
      .filter(isRecord)
      .flatMap((field) => [
        textOf(field['tag']),
        ...[field['custom_field_options'], field['system_field_options']].flatMap((list) =>
          Array.isArray(list) ? list.filter(isRecord).map((option) => textOf(option['value'])) : [],
        ),
      ]),
  );
  const tags = judged.flatMap(({ translated: { rule }, actions }) =>
    rule.kind === 'trigger' && [...rule.all, ...rule.any].some(({ field }) => READS_WORDS.test(field))
      ? actions.tags
      : [],
  );
  const bare = [...new Set(tags)].filter((tag) => !carried.has(tag));
  if (bare.length === 0) return [];
  return [
    {
      code: 'category_only_in_tags',
      rule: null,
      sentence: `Zendesk triggers sort tickets by what customers write into tags that no field carries, so that reports cannot group by them: ${bare.join(', ')}`,
      proof: [],
    },
  ];
}
