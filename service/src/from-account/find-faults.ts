// Finds what is wrong in an account's rules.

import { disjoint, type Example, implies, proveNever, type Verdict } from '../decide/prove/index.ts';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import type { AccountNames } from './account-names.ts';
import { type AccountRule, isRecord, textOf } from './account-setup.ts';
import type { RuleActions } from './rule-actions.ts';
import { describeRaw, type TranslatedRule } from './translate-rule.ts';

type FaultCode =
  | 'never_fires'
  | 'gone'
  | 'says_the_same'
  | 'always_overwritten'
  | 'overlaps'
  | 'newest_first'
  | 'no_owner'
  | 'category_only_in_tags';

interface Fault {
  readonly code: FaultCode;
  /** The rule it is about; null: the account. */
  readonly rule: Pick<AccountRule, 'kind' | 'id' | 'title'> | null;
  readonly sentence: string;
  /** What proves it: conditions that exclude one another, or an example. */
  readonly proof: readonly string[];
}

export interface Judged {
  readonly translated: TranslatedRule;
  readonly actions: RuleActions;
}

export interface Faults {
  readonly faults: readonly Fault[];
  /** What could be neither shown nor ruled out. */
  readonly undecided: readonly string[];
}

/** Pairs of triggers compared; an account with more is told. */
const MOST_PAIRS = 2_000;
const SHOWN = 3;

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
    ...comparePairs(triggers, undecided),
    ...findOwnerless(triggers, setup, names, undecided),
    ...findTagCategories(judged, setup),
  );
  return { faults, undecided };
}

const nameOf = ({ kind, title }: Pick<AccountRule, 'kind' | 'title'>): string => `${kind} "${title}"`;

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
    undecided.push(`Whether the ${nameOf(rule)} can ever ${does(rule)} depends on conditions that only Zendesk knows.`);
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

/** Pairs that set the same to different values, or say the same. One fault for each earlier trigger. */
function comparePairs(triggers: readonly Judged[], undecided: string[]): Fault[] {
  const faults: Fault[] = [];
  let pairs = 0;
  let left = 0;
  let unsure = 0;
  for (const [at, earlier] of triggers.entries()) {
    const overlaps: Array<{ title: string; targets: string[]; example: string }> = [];
    let isTold = false;
    for (const later of triggers.slice(at + 1)) {
      if (isTold) break;
      const targets = [...earlier.actions.sets]
        .filter(([target, value]) => (later.actions.sets.get(target) ?? value) !== value)
        .map(([target]) => target);
      const isSame = sameActions(earlier.translated.rule, later.translated.rule);
      if (targets.length === 0 && !isSame) continue;
      if (++pairs > MOST_PAIRS) {
        left++;
        continue;
      }
      const [a, b] = [earlier.translated, later.translated];
      const forward = implies(a.proof, b.proof);
      if (isSame && forward.outcome === 'proved' && implies(b.proof, a.proof).outcome === 'proved') {
        faults.push({
          code: 'says_the_same',
          rule: a.rule,
          sentence: `says the same as the ${nameOf(b.rule)}`,
          proof: [],
        });
        isTold = true;
      } else if (targets.length > 0 && forward.outcome === 'proved') {
        faults.push({
          code: 'always_overwritten',
          rule: a.rule,
          sentence: `sets ${targets.join(', ')}, and the ${nameOf(b.rule)} behind it always sets another value`,
          proof: forward.because.map(
            ({ follows, from }) =>
              `${from.join(' and ')}${follows === null ? ' exclude one another' : ` means ${follows}`}`,
          ),
        });
        isTold = true;
      } else if (targets.length > 0) {
        const verdict = disjoint(a.proof, b.proof);
        if (verdict.outcome === 'undecided' || (verdict.outcome === 'refuted' && !(a.isExact && b.isExact))) unsure++;
        else if (verdict.outcome === 'refuted')
          overlaps.push({ title: b.rule.title, targets, example: describeExample(verdict.example) });
      }
    }
    const [first] = overlaps;
    if (isTold || first === undefined) continue;
    const others = overlaps
      .slice(0, SHOWN)
      .map(({ title }) => `"${title}"`)
      .join(', ');
    const more = overlaps.length > SHOWN ? ` and ${overlaps.length - SHOWN} more` : '';
    faults.push({
      code: 'overlaps',
      rule: earlier.translated.rule,
      sentence: `sets ${first.targets.join(', ')}, which ${others}${more} behind it ${overlaps.length === 1 ? 'sets' : 'set'} differently for some tickets; the last one wins`,
      proof: [`such a ticket: ${first.example}`],
    });
  }
  if (unsure > 0)
    undecided.push(`Whether ${unsure} pairs of triggers that set the same differently can meet in one ticket.`);
  if (left > 0) undecided.push(`${left} more pairs of triggers were not compared.`);
  return faults;
}

/** As `deskwright explain --tickets` reads it. */
const describeExample = ({ ticket }: Example): string => JSON.stringify(ticket);

const sameActions = (a: AccountRule, b: AccountRule): boolean =>
  a.actions.length > 0 && JSON.stringify(a.actions) === JSON.stringify(b.actions);

/** Whom to ask is said by the description or by the log of who changed it last, if that person still works here. */
function findOwnerless(
  triggers: readonly Judged[],
  { ruleChanges }: AccountSetup,
  names: AccountNames,
  undecided: string[],
): Fault[] {
  if (ruleChanges === null) {
    if (triggers.some(({ translated: { rule } }) => rule.description === ''))
      undecided.push('Whether triggers have an owner: the account gives no log of who changed them.');
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
        ? 'has no owner: nobody changed it as far back as the log goes, and no description says whom to ask'
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
      sentence: `Triggers sort tickets by what customers write into tags that no field carries, so that reports cannot group by them: ${bare.join(', ')}`,
      proof: [],
    },
  ];
}
