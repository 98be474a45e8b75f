// Reads the text of a paragraph, heading or step, piece by piece.
import { shorten } from '@deskwright/shared';
import type { Inline } from '@deskwright/shared/contract';
import type { Definition, Node, PhrasingContent } from 'mdast';
import type { GuidanceProblem } from './guidance.ts';

/** What the readers share while they go through one file. */
export interface Reading {
  readonly source: string;
  readonly problems: GuidanceProblem[];
  /** The id of the next step with these words. */
  readonly stepId: (words: string) => string;
  /** Where links by reference go, by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The file's `# heading`, once it was read. */
  title: string | null;
}

/** Where the node begins in the source. */
export function offsetOf(node: Node): number {
  return node.position?.start.offset ?? 0;
}

/** Notes what cannot be shown, where the node begins. */
export function refuse(reading: Reading, node: Node, message: string, more: Partial<GuidanceProblem> = {}): void {
  reading.problems.push({ severity: 'error', offset: offsetOf(node), message, ...more });
}

/** Emphasis inside emphasis is flattened: the outer one counts, and a link stays a link. */
export function readInline(nodes: readonly PhrasingContent[], reading: Reading): Inline[] {
  return join(readEach(nodes, 'text', reading));
}

/** What a reader sees, without the marks. */
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
      refuse(reading, node, 'text that is struck out is not shown; take it away');
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
    const message = `"${shorten(href)}" is no address a link can go to; it begins with https:, http:, mailto: or tel:`;
    refuse(reading, node, message);
  }
  const text = plainText(readEach(node.children, 'text', reading));
  return [{ kind: 'link', text: text || href, href }];
}

/** Web pages, mails and telephone calls only: no script and no address inside Zendesk's own page. */
function isSafeHref(href: string): boolean {
  // Placeholders are filled in later, and may stand anywhere behind the scheme.
  const sample = href.replace(/\{\{[^}]*\}\}/g, 'x');
  return /^(https?:\/\/\S|mailto:\S|tel:\S)/i.test(sample) && URL.canParse(sample);
}

/** Pieces of one kind that follow one another become one. */
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
