// Reads the text of a paragraph, heading or step as a list of pieces.
import { shorten } from '@deskwright/shared';
import type { Inline } from '@deskwright/shared/contract';
import type { Definition, Node, PhrasingContent } from 'mdast';
import type { GuidanceProblem } from './guidance.ts';

/** State shared by the readers of one file. */
export interface Reading {
  readonly source: string;
  readonly problems: GuidanceProblem[];
  /** The id of the next step with these words. */
  readonly stepId: (words: string) => string;
  /** The targets of reference links, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The file's `# heading`, once it has been read. */
  title: string | null;
}

/** Where the node starts in the source. */
export function offsetOf(node: Node): number {
  return node.position?.start.offset ?? 0;
}

/** Reports something that cannot be shown, at the node's start. */
export function refuse(reading: Reading, node: Node, message: string, more: Partial<GuidanceProblem> = {}): void {
  reading.problems.push({ severity: 'error', offset: offsetOf(node), message, ...more });
}

/** Nested emphasis is flattened: the outer one counts, and a link stays a link. */
export function readInline(nodes: readonly PhrasingContent[], reading: Reading): Inline[] {
  return join(readEach(nodes, 'text', reading));
}

/** The visible text, without Markdown syntax. */
export function plainText(pieces: readonly Inline[]): string {
  return pieces.map(({ text }) => text).join('');
}

type Kind = Exclude<Inline['kind'], 'link'>;

function readEach(nodes: readonly PhrasingContent[], kind: Kind, reading: Reading): Inline[] {
  return nodes.flatMap((node) => readNode(node, kind, reading));
}

function readNode(node: PhrasingContent, kind: Kind, reading: Reading): Inline[] {
  switch (node.type) {
    case 'text':
      return [{ kind, text: node.value.replace(/\n/g, ' ') }];
    case 'break':
      return [{ kind, text: '\n' }];
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'strong':
      return readEach(node.children, kind === 'text' ? 'strong' : kind, reading);
    case 'emphasis':
      return readEach(node.children, kind === 'text' ? 'emphasis' : kind, reading);
    case 'link':
      return readLink(node, node.url, reading);
    case 'linkReference':
      return readLink(node, reading.definitions.get(node.identifier)?.url ?? '', reading);
    case 'image':
    case 'imageReference':
      refuse(
        reading,
        node,
        'images are not shown in the sidebar; describe it, or link to it: [the picture](https://...)',
      );
      return [];
    case 'html':
      refuse(
        reading,
        node,
        `"${shorten(node.value)}" reads as HTML, which is not shown; write Markdown, or \\< for a plain <`,
      );
      return [];
    case 'delete':
      refuse(reading, node, 'struck-out text is not shown; remove it');
      return [];
    case 'footnoteReference':
      refuse(reading, node, 'footnotes are not shown in the sidebar; write the note where it belongs');
      return [];
  }
}

function readLink(
  node: Node & { readonly children: readonly PhrasingContent[] },
  href: string,
  reading: Reading,
): Inline[] {
  if (!isSafeHref(href)) {
    const message = `"${shorten(href)}" is not a valid link address; it must start with https:, http:, mailto: or tel:`;
    refuse(reading, node, message);
  }
  const text = plainText(readEach(node.children, 'text', reading));
  return [{ kind: 'link', text: text || href, href }];
}

/** Web pages, mail addresses and phone numbers only: no script and no address inside Zendesk's own page. */
function isSafeHref(href: string): boolean {
  // Placeholders are filled in later, and may appear anywhere after the scheme.
  const sample = href.replace(/\{\{[^}]*\}\}/g, 'x');
  return /^(https?:\/\/\S|mailto:\S|tel:\S)/i.test(sample) && URL.canParse(sample);
}

/** Merges adjacent pieces of the same kind. */
function join(pieces: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && last.kind !== 'link' && last.kind === piece.kind) {
      joined[joined.length - 1] = { kind: last.kind, text: last.text + piece.text };
    } else if (piece.text !== '') joined.push(piece);
  }
  return joined;
}
