// Finds a tool of the policy, decides who may use it, and reads what an agent filled in.
import type { Policy } from '@deskwright/shared';
import { RE2JS } from 're2js';
import { type Agent, type Refused, refuse, whyNotAllowed, whyNotAmong } from '../sidebar/index.ts';

export type Tool = Policy['tools'][number];

interface Setting {
  readonly policy: Policy;
  readonly directory: { groupId: (name: string) => number | null };
}

/** Characters of one input. */
const LONGEST_INPUT = 500;

export const toolOf = ({ tools }: Policy, id: string): Tool | null => tools.find((each) => each.id === id) ?? null;

/** A tool that the agent may not use is refused like one that does not exist. */
export const NO_TOOL = refuse('forbidden', 'There is no such tool for you.');

/** The tool, if the agent may use it. */
export function findTool(setting: Setting, id: string, agent: Agent): Tool | Refused {
  const tool = toolOf(setting.policy, id);
  return tool === null ? NO_TOOL : (whyNotUse(setting, tool, agent) ?? tool);
}

/** Null: the agent may use it. */
export function whyNotUse(setting: Setting, tool: Tool, agent: Agent): Refused | null {
  return isAllowed(setting, tool, agent) ? whyNotAllowed(setting, { right: 'edit' }, agent) : NO_TOOL;
}

/** By the policy, whatever the agent's role lets them edit. */
export function isAllowed(setting: Setting, { allow }: Tool, agent: Agent): boolean {
  const agents = allow.agents.map((address) => address.toLowerCase());
  return whyNotAmong(setting, { ...allow, agents }, agent) === null;
}

/** The inputs of the tool, without others and without spaces around them; or what is wrong with them. */
export function readInputs(tool: Tool, given: Readonly<Record<string, string>>): Record<string, string> | Refused {
  const read = tool.inputs.map(({ id }) => [id, cleanInput(given[id])] as const);
  const values = Object.fromEntries(read);
  const missing = tool.inputs.filter(({ id, required }) => required && values[id] === '').map(({ id }) => id);
  if (missing.length > 0) return refuse('fields_missing', 'Fill in the required fields.', { fields: missing });
  const wrong = tool.inputs.filter(({ id, pattern }) => !fits(values[id] ?? '', pattern)).map(({ id }) => id);
  return wrong.length > 0 ? refuse('fields_wrong', 'Some fields are not valid.', { fields: wrong }) : values;
}

/** What is kept of what an agent filled in. */
export const cleanInput = (given = ''): string => given.toWellFormed().trim();

function fits(value: string, pattern: string | undefined): boolean {
  if (value === '') return true;
  if (value.length > LONGEST_INPUT || /\p{Cc}/u.test(value)) return false;
  return pattern === undefined || RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).matches(value);
}

export const isRefused = (value: object): value is Refused => 'kind' in value && value.kind === 'refused';
