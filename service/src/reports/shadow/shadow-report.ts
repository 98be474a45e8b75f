// Makes the report on triggers in shadow: what they would have done, and how often agents chose the same.
import type { Policy } from '@deskwright/shared';
import { shareOfBoth } from '../../decide/share.ts';
import { readGroups } from '../../directory/directory.ts';
import { TOO_FEW_BELOW, wilsonInterval } from '../../figures/intervals.ts';
import { readShadow, type ShadowMove, type ShadowTrigger } from '../../history/index.ts';
import type { Block, Report, Section } from '../engine/report.ts';
import { counted, writeShare, writeShortDay } from '../engine/words.ts';
import type { ReadDeps } from '../report-request.ts';

interface ShadowRequest {
  /** Up to now. */
  readonly since: Date;
  /** Its id; undefined: all. */
  readonly trigger: string | undefined;
}

/** @throws Error for a trigger that the policy does not have and that decided nothing in shadow */
export async function makeShadowReport(
  { db, policy: { policy }, now, link, ticketUrl }: ReadDeps,
  { since, trigger }: ShadowRequest,
): Promise<Report> {
  const groups = await readGroups(db);
  const period = { from: since, to: now };
  const found = await readShadow(db, { ...period, policy, groupId: (name) => groups.get(name) ?? null, trigger });
  const wanted = policy.triggers.filter(({ id, mode }) =>
    trigger === undefined ? mode !== undefined && mode !== 'act' : id === trigger,
  );
  if (trigger !== undefined && wanted.length === 0 && found.length === 0)
    throw new Error(
      `The policy has no trigger "${trigger}", and none of that name was in shadow since ${since.toISOString()}.`,
    );
  const others = wanted.filter(({ id }) => !found.some((one) => one.trigger === id)).map(({ id }) => unseen(id));
  return buildShadowReport({ policy, period, triggers: [...found, ...others], now, link, ticketUrl });
}

/** No ticket was decided yet since it is in shadow. */
const unseen = (trigger: string): ShadowTrigger => ({
  trigger,
  saw: 0,
  changed: 0,
  moves: [],
  samples: [],
  chosen: { n: 0, asShadow: 0, asActing: 0 },
});

interface ShadowData {
  readonly policy: Policy;
  readonly period: { readonly from: Date; readonly to: Date };
  readonly triggers: readonly ShadowTrigger[];
  readonly now: Date;
  readonly link: string | null;
  readonly ticketUrl: (id: number) => string;
}

/** Builds the report on triggers in shadow: what they would have done, and how often agents chose the same. */
function buildShadowReport(data: ShadowData): Report {
  const { policy, period, triggers, now, link } = data;
  const { time_zone: timeZone } = policy;
  return {
    kind: 'shadow',
    title: 'shadow report',
    company: policy.company,
    about: null,
    period: {
      from: period.from.toISOString(),
      to: period.to.toISOString(),
      label: `${writeShortDay(period.from, timeZone)} to ${writeShortDay(period.to, timeZone)}`,
    },
    before: null,
    timeZone,
    madeAt: now.toISOString(),
    summary:
      triggers.length === 0
        ? ['No policy trigger was in shadow, and none decided anything there.']
        : triggers.map((trigger) => `${nameOf(trigger, policy)}: ${changedSentence(trigger)}`),
    sections: triggers.map((trigger) => sectionOf(trigger, data)),
    link,
  };
}

function sectionOf(trigger: ShadowTrigger, { policy, ticketUrl }: ShadowData): Section {
  const { samples, moves } = trigger;
  const table: Block = {
    kind: 'table',
    table: {
      columns: [{ title: 'What' }, { title: 'Is' }, { title: 'Would be' }, { title: 'Tickets', isNumber: true }],
      rows: moves.map((move) => [
        { text: move.part },
        { text: valueOf(move, move.from, policy) },
        { text: valueOf(move, move.to, policy) },
        { text: String(move.n), value: move.n },
      ]),
    },
  };
  const tickets: Block = {
    kind: 'list',
    items: [`For example ${samples.map((id) => `#${id}`).join(', ')}.`],
    tickets: samples.map((id) => ({ id, url: ticketUrl(id) })),
  };
  return {
    id: trigger.trigger,
    title: nameOf(trigger, policy),
    headline: `${modeSentence(trigger, policy)} ${changedSentence(trigger)}`,
    blocks: [
      ...(moves.length > 0 ? [table, tickets] : []),
      { kind: 'list', items: agreementSentences(trigger.chosen) },
    ],
  };
}

function nameOf({ trigger }: Pick<ShadowTrigger, 'trigger'>, { triggers }: Policy): string {
  if (trigger === 'none') return 'No policy trigger (the default category)';
  const title = triggers.find(({ id }) => id === trigger)?.title;
  return title === undefined ? trigger : `${title} (${trigger})`;
}

function modeSentence({ trigger }: ShadowTrigger, { mode, triggers }: Policy): string {
  const own = triggers.find(({ id }) => id === trigger);
  if (own === undefined && trigger !== 'none') return 'It is no longer in the policy.';
  const share = shareOfBoth(mode, own?.mode);
  if (share === 0) return 'It is in shadow.';
  return share === 100 ? 'It acts by now.' : `It acts for ${share}% of the tickets.`;
}

const changedSentence = ({ saw, changed }: ShadowTrigger): string =>
  `${counted(changed, 'ticket')} of ${saw.toLocaleString('en')} would have been decided otherwise.`;

/** With the interval of both shares at 95 %, because few tickets are corrected. */
function agreementSentences({ n, asShadow, asActing }: ShadowTrigger['chosen']): string[] {
  if (n === 0)
    return ['Agents chose neither category nor group of these tickets afterwards: there is nothing to compare.'];
  return [
    `Agents chose the category or group of ${counted(n, 'of these tickets', 'of these tickets')} afterwards.`,
    `As in shadow: ${shareSentence(asShadow, n)}.`,
    `As it was decided: ${shareSentence(asActing, n)}.`,
    ...(n < TOO_FEW_BELOW ? [`Fewer than ${TOO_FEW_BELOW}: too few to judge.`] : []),
  ];
}

function shareSentence(count: number, n: number): string {
  const [low, high] = wilsonInterval(count, n) ?? [0, 1];
  return `${count} (${writeShare(count / n)}, at 95% between ${writeShare(low)} and ${writeShare(high)})`;
}

function valueOf({ part }: ShadowMove, value: string | null, { categories, tiers }: Policy): string {
  if (value === null) return part === 'priority' ? "the ticket's own" : 'none';
  const names = part === 'category' ? categories : part === 'tier' ? tiers : [];
  return names.find(({ id }) => id === value)?.name ?? value;
}
