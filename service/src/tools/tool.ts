// Finds a tool of the policy, decides who may use it, and reads what an agent filled in.
import type { Policy } from '@deskwright/shared';
import { RE2JS } from 're2js';
import { type Agent, type Refused, refuse, whyNotAllowed } from '../sidebar/index.ts';

export type Tool = Policy['tools'][number];

interface Setting {
  readonly policy: Policy;
  readonly directory: { groupId: (name: string) => number | null };
}

/** Characters of one input. */
const LONGEST_INPUT = 500;

export const toolOf = ({ tools }: Policy, id: string): Tool | null => tools.find((each) => each.id === id) ?? null;

/** Null: the agent may use it. A tool that they may not use is answered like one that there is not. */
export function whyNotUse(setting: Setting, tool: Tool | null, agent: Agent): Refused | null {
  const hidden = refuse('forbidden', 'There is no such tool for you.');
  if (tool === null || !isAllowed(setting, tool, agent)) return hidden;
  return whyNotAllowed(setting, { right: 'edit' }, agent);
}

/** By the policy, whatever the agent's role lets them edit. */
export function isAllowed(setting: Setting, { allow }: Tool, agent: Agent): boolean {
  if (allow.roles.includes(agent.role)) return true;
  const only = { tiers: allow.tiers, agents: allow.agents.map((address) => address.toLowerCase()) };
  // Whether they may edit is another question.
  const reader = { ...agent, may: { ...agent.may, edit: true } };
  return whyNotAllowed(setting, { right: 'edit', only: () => only }, reader) === null;
}

/** The inputs of the tool, without others and without spaces around them; or what is wrong with them. */
export function readInputs(tool: Tool, given: Readonly<Record<string, string>>): Record<string, string> | Refused {
  const read = tool.inputs.map(({ id }) => [id, (given[id] ?? '').toWellFormed().trim()] as const);
  const values = Object.fromEntries(read);
  const missing = tool.inputs.filter(({ id, required }) => required && values[id] === '').map(({ id }) => id);
  if (missing.length > 0) return refuse('fields_missing', 'Fill in the required fields.', { fields: missing });
  const wrong = tool.inputs.filter(({ id, pattern }) => !fits(values[id] ?? '', pattern)).map(({ id }) => id);
  return wrong.length > 0
    ? refuse('fields_wrong', 'Some fields are not as they should be.', { fields: wrong })
    : values;
}

function fits(value: string, pattern: string | undefined): boolean {
  if (value === '') return true;
  if (value.length > LONGEST_INPUT || /\p{Cc}/u.test(value)) return false;
  return pattern === undefined || RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).matches(value);
}

export const isRefused = (value: object): value is Refused => 'kind' in value && value.kind === 'refused';
