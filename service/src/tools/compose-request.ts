// Composes a tool's request: pure, and unable to leave the host and the path that the policy names.
import { fillTemplate, mapTexts } from '@deskwright/shared';
import type { Tool } from './tool.ts';

/** Whose request it is. Null: unknown. */
export interface RequestContext {
  readonly ticketId: number;
  readonly customer: { readonly id: number; readonly name: string | null; readonly email: string | null } | null;
  readonly agent: { readonly id: number; readonly email: string | null };
  readonly inputs: Readonly<Record<string, string>>;
}

export interface ToolRequest {
  readonly method: Tool['request']['method'];
  readonly url: string;
  /** With the secret still as `{{secret}}`. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; null: none. */
  readonly body: string | null;
}

/** `missing`: the placeholder that has no value, or one that cannot stand in the path: `customer.email`, `input.order`. */
export type Composed = { readonly request: ToolRequest } | { readonly missing: string };

class Missing extends Error {
  readonly placeholder: string;
  constructor(placeholder: string) {
    super(`no value for ${placeholder}`);
    this.placeholder = placeholder;
  }
}

/** Values are escaped (RFC 3986); one that would be an empty part of the path, or has `.` or `..` between slashes, is refused as missing. */
export function composeRequest({ request }: Pick<Tool, 'request'>, context: RequestContext): Composed {
  const value = (name: string): string => valueOf(name, context);
  const inAddress = (name: string): string => encodeURIComponent(value(name).toWellFormed());
  try {
    const [path = '', ...query] = request.address.split('?');
    const filledPath = path.split('/').map((part) => fillPart(part, inAddress));
    const filledQuery = query.map((part) => fillTemplate(part, inAddress));
    const url = [filledPath.join('/'), ...filledQuery].join('?');
    const headers = mapTexts(request.headers, (text) =>
      fillTemplate(text, (name) => (name === 'secret' ? '{{secret}}' : asciiOnly(value(name)))),
    );
    const body =
      request.body === undefined ? null : JSON.stringify(mapTexts(request.body, (text) => fillTemplate(text, value)));
    assertSamePlace(url, request.address);
    return { request: { method: request.method, url, headers: headers as Record<string, string>, body } };
  } catch (error) {
    if (error instanceof Missing) return { missing: error.placeholder };
    throw error;
  }
}

/** The question before a write; null: the policy asks none. */
export function composeQuestion({ confirm }: Pick<Tool, 'confirm'>, context: RequestContext): string | null {
  if (confirm === undefined) return null;
  return fillTemplate(confirm, (name) => sourceOf(name, context) ?? '…');
}

function fillPart(part: string, value: (name: string) => string): string {
  let last = '';
  const filled = fillTemplate(part, (name) => {
    last = name;
    return value(name);
  });
  // Some servers decode an escaped slash before they read the path.
  const isStep = filled === '' || filled.split(/%2f|%5c/i).some((piece) => /^\.{1,2}$/.test(piece));
  if (last !== '' && isStep) throw new Missing(last);
  return filled;
}

const asciiOnly = (text: string): string => text.replace(/[^\x20-\x7e]/g, '');

function valueOf(name: string, context: RequestContext): string {
  const value = sourceOf(name, context);
  if (value === null) throw new Missing(name);
  return value;
}

function sourceOf(name: string, { ticketId, customer, agent, inputs }: RequestContext): string | null {
  if (name.startsWith('input.')) return inputs[name.slice('input.'.length)] ?? null;
  switch (name) {
    case 'ticket.id':
      return String(ticketId);
    case 'customer.id':
      return customer && String(customer.id);
    case 'customer.name':
      return customer?.name ?? null;
    case 'customer.email':
      return customer?.email ?? null;
    case 'agent.id':
      return String(agent.id);
    case 'agent.email':
      return agent.email;
    default:
      throw new RangeError(`not a placeholder: ${name}`);
  }
}

/** The escaping makes this impossible; a mistake in it must not reach another place. */
function assertSamePlace(url: string, template: string): void {
  const [asked, meant] = [new URL(url), new URL(fillTemplate(template, () => 'x'))];
  const depth = ({ pathname }: URL): number => pathname.split('/').length;
  if (asked.origin !== meant.origin || depth(asked) !== depth(meant))
    throw new Error("A tool's address was changed by a value in it");
}
