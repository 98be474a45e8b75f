// The guidance of one category, before it is filled in for a ticket.
import { createHash } from 'node:crypto';
import type { GuidanceBlock, GuidanceCard, Inline, Instant, ListItem, Step } from '@deskwright/shared/contract';

/** One category's Markdown, parsed. No step in `blocks` is done, and `reply` blocks still contain placeholders. */
export interface Guidance {
  readonly title: string;
  readonly blocks: readonly GuidanceBlock[];
  /** The number of steps. */
  readonly steps: number;
}

/** By category id; categories without guidance are absent. */
export type GuidanceByCategory = ReadonlyMap<string, Guidance>;

/** A problem at an offset of a guidance file, before its line is known. */
export interface GuidanceProblem {
  readonly severity: 'error' | 'warning';
  /** In the text, from 0, in code units. */
  readonly offset: number;
  /** A sentence without full stop. */
  readonly message: string;
  readonly allowed?: readonly string[];
  readonly didYouMean?: string;
}

/** All steps in the order of the file, including those inside other steps and quotes. */
export function stepsOf(blocks: readonly GuidanceBlock[]): Step[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'quote') return stepsOf(block.blocks);
    if (block.kind !== 'list') return [];
    return block.items.flatMap((item) => [...(item.kind === 'step' ? [item] : []), ...stepsOf(item.blocks)]);
  });
}

/**
 * Gives steps their ids. An id depends only on the step's words (ignoring case, spaces and punctuation) and on how
 * many earlier steps have the same words, so steps stay done when others are added, moved or removed.
 */
export function createStepIds(): (words: string) => string {
  const seen = new Map<string, number>();
  return (words) => {
    const plain = words
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
    return count === 1 ? hash : `${hash}-${count}`;
  };
}

/** Who did a step, by name, and when. */
interface Tick {
  readonly by: string;
  readonly at: Instant;
}

export interface FillGuidance {
  readonly categoryId: string;
  readonly values: GuidanceValues;
  /** By step id; ids that are no longer in the file are ignored. */
  readonly ticks: ReadonlyMap<string, Tick>;
}

/**
 * The only Liquid syntax that guidance may use, including whitespace control. Liquid itself would evaluate again what Markdown makes of `{\{` or
 * `&#123;`, and fail. Nothing is escaped: the result is text, and is shown as text.
 */
export const PLACEHOLDER = /(?:\s*\{\{-|\{\{)\s*([\w.]+)\s*(?:-\}\}\s*|\}\})/g;

type Fill = (text: string) => string;

/**
 * Replaces placeholders in all texts and links with the ticket's values, or with words for a missing value ("Hi there");
 * the guide for ops leads lists both. Done steps are marked.
 */
export function fillGuidance(guidance: Guidance, { categoryId, values, ticks }: FillGuidance): GuidanceCard {
  const texts = placeholderTexts(values);
  const fill = fillWith(texts);
  const fillHref = fillWith(new Map([...texts].map(([name, text]) => [name, encodeURIComponent(text)])));
  const fillInline = (pieces: readonly Inline[]) =>
    pieces.map((piece): Inline => {
      const text = fill(piece.text);
      return piece.kind === 'link' ? { ...piece, text, href: fillHref(piece.href) } : { ...piece, text };
    });
  const fillItem = (item: ListItem): ListItem => {
    const filled = { ...item, text: fillInline(item.text), blocks: item.blocks.map(fillBlock) };
    const tick = filled.kind === 'step' ? ticks.get(filled.id) : undefined;
    return tick && filled.kind === 'step' ? { ...filled, doneBy: tick.by, doneAt: tick.at } : filled;
  };
  const fillBlock = (block: GuidanceBlock): GuidanceBlock => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return { ...block, text: fillInline(block.text) };
      case 'list':
        return { ...block, items: block.items.map(fillItem) };
      case 'quote':
        return { ...block, blocks: block.blocks.map(fillBlock) };
      case 'reply':
        return { ...block, text: fill(block.text) };
    }
  };
  const blocks = guidance.blocks.map(fillBlock);
  const done = stepsOf(blocks).filter(({ doneAt }) => doneAt !== null).length;
  return { categoryId, title: fill(guidance.title), blocks, done, steps: guidance.steps };
}

function fillWith(texts: ReadonlyMap<string, string>): Fill {
  return (text) => text.replace(PLACEHOLDER, (written, name) => texts.get(String(name)) ?? written);
}

/** The values for one ticket; null where Zendesk has none. @internal */
export interface GuidanceValues {
  /** Null: the ticket is not saved yet. */
  readonly ticketId: number | null;
  readonly subject: string | null;
  readonly requesterName: string | null;
  /** The agent who views the ticket. */
  readonly agentName: string | null;
  /** As in the policy. */
  readonly company: string;
  /** By the name of the policy's lookup; null: not found in what the customer wrote. */
  readonly lookups?: ReadonlyMap<string, string | null>;
}

interface Placeholder {
  /** Undefined: missing. */
  readonly value: (values: GuidanceValues) => string | undefined;
  /** Replaces a missing value, so that the sentence around it still reads well. */
  readonly otherwise: (values: GuidanceValues) => string;
}

const ourTeam = ({ company }: GuidanceValues) => `the ${company} team`;

/** Zendesk's own names: https://support.zendesk.com/hc/en-us/articles/4408886858138 */
const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  'ticket.id': { value: ({ ticketId }) => ticketId?.toString(), otherwise: () => '(not saved yet)' },
  'ticket.title': { value: ({ subject }) => written(subject), otherwise: () => 'your request' },
  'ticket.requester.name': { value: ({ requesterName }) => asName(requesterName), otherwise: () => 'there' },
  'ticket.requester.first_name': {
    value: ({ requesterName }) => firstWord(asName(requesterName)),
    otherwise: () => 'there',
  },
  'ticket.account': { value: ({ company }) => company, otherwise: ({ company }) => company },
  'current_user.name': { value: ({ agentName }) => asName(agentName), otherwise: ourTeam },
  'current_user.first_name': { value: ({ agentName }) => firstWord(asName(agentName)), otherwise: ourTeam },
};

/** In the order of the guide. */
export const PLACEHOLDER_NAMES: readonly string[] = Object.keys(PLACEHOLDERS);

/** Every placeholder's text by its name; none is empty. */
function placeholderTexts(values: GuidanceValues): ReadonlyMap<string, string> {
  const own = Object.entries(PLACEHOLDERS).map(
    ([name, { value, otherwise }]) => [name, value(values) ?? otherwise(values)] as const,
  );
  // What was not found stays a blank that the agent sees, and is asked about before the reply is sent.
  const found = [...(values.lookups ?? [])].map(
    ([name, value]) => [name, value ?? `[${name.replaceAll('_', ' ')}]`] as const,
  );
  return new Map([...found, ...own].map(([name, text]) => [name, withoutPlaceholders(text)]));
}

function written(text: string | null): string | undefined {
  return text?.trim() || undefined;
}

/** Zendesk gives users without a name their address as a name, and no customer should be greeted as "robin@example.com". */
function asName(name: string | null): string | undefined {
  const text = written(name);
  return text?.includes('@') ? undefined : text;
}

function firstWord(name: string | undefined): string | undefined {
  return name?.split(/\s+/)[0];
}

/** Zendesk expands Liquid placeholders in agents' comments, and our notes are such comments: quoted text must not contain one. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/\{(?=[{%])/g, '{ ');
}
