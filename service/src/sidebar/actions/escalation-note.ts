// Composes the internal note of an escalation.
import { withoutPlaceholders } from '../../policy/guidance/fill-guidance.ts';
import type { Said } from './read-form.ts';

export interface EscalationNote {
  /** `back`: to a tier that had the ticket before. */
  move: 'up' | 'back' | 'department';
  agent: string;
  from: string | null;
  to: string;
  said: Said;
}

const VERB = { up: 'Escalated', back: 'Handed back', department: 'Handed over' } as const;

/** Text of the internal note. */
export function escalationNote({ move, agent, from, to, said }: EscalationNote): string {
  const head = `${VERB[move]}${from === null ? '' : ` from ${from}`} to ${to} by ${agent}`;
  return withoutPlaceholders([head, ...said.map(({ label, text }) => `${label}:\n${text}`)].join('\n\n'));
}
