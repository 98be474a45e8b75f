// Writes the internal note about the outcome of a tool's request. The notes of a ticket are in English.
import { FAILURES } from './call-tool.ts';
import type { ShownField } from './read-answer.ts';
import type { Sent } from './send-request.ts';
import type { ToolRunRow } from './tables.ts';
import type { Tool } from './tool.ts';

interface NoteFacts {
  readonly run: ToolRunRow;
  /** Null: the policy has it no more. */
  readonly tool: Tool | null;
  readonly sent: Sent;
  readonly state: 'done' | 'failed' | 'in_doubt';
  readonly fields: readonly ShownField[];
  /** What the customer or the ticket was about has been erased meanwhile. */
  readonly isErased: boolean;
  /** The agent's name. */
  readonly by: string;
}

/** Characters of what was filled in and answered: a note is read at a glance, and the other system has the rest. */
const MOST = 2_000;

/** Everybody who sees the ticket reads its notes: with `note: short` it names neither the tool nor what it was about. */
export function writeToolNote({ run, tool, sent, state, fields, isErased, by }: NoteFacts): string {
  const isShort = tool?.note === 'short';
  const name = isShort ? 'A tool' : (tool?.name ?? run.toolId);
  const why = sent.kind === 'failed' ? FAILURES[sent.why] : '';
  const status = sent.status === null ? '' : ` (HTTP ${sent.status})`;
  const said = {
    done: `${name}: done by ${by}`,
    failed: `${name}: asked for by ${by}, and NOT done: ${why}${status}.`,
    in_doubt: `${name}: asked for by ${by}. It is NOT KNOWN whether it was done: ${why}${status}. Look in the other system before you try again; it is not repeated by itself.`,
  }[state];
  if (isShort || isErased) return said;
  const filled = (tool?.inputs ?? []).flatMap(({ id, label }) => {
    const value = run.inputs?.[id] ?? '';
    return value === '' ? [] : [`${label}: ${value}`];
  });
  return [said, ...within([...filled, ...fields.map(({ label, values }) => `${label}: ${values.join(', ')}`)])].join(
    '\n\n',
  );
}

/** As many lines as fit; the one that does not is cut, and the rest left out. */
function within(lines: readonly string[]): string[] {
  const shown: string[] = [];
  let left = MOST;
  for (const line of lines) {
    if (line.length > left)
      return [...shown, `${line.slice(0, left).toWellFormed()}… (the rest is in the other system)`];
    shown.push(line);
    left -= line.length;
  }
  return shown;
}
