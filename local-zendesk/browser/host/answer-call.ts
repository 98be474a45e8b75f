// Answers an app's `get`, `set` and `invoke`.
import type { ApiPart, Found } from './api.ts';
import type { Instance } from './instance.ts';
import { asRecord, type Call } from './wire.ts';

interface CallError {
  name: string;
  message: string;
  path?: string;
}

export type Answer = { id: number; result: Record<string, unknown> } | { id: number; error: CallError };

/**
 * Every path is answered separately: values under their path, errors under `errors`, so that one unknown path does not affect
 * the others. Only an unreadable call fails as a whole.
 */
export async function answerCall(parts: readonly ApiPart[], target: Instance, call: Call): Promise<Answer> {
  const asked = readPaths(call);
  if (asked === null) {
    return { id: call.id, error: { name: 'Error', message: `The call "${call.request}" cannot be read.` } };
  }
  const errors: Record<string, CallError> = {};
  const result: Record<string, unknown> = { errors };
  for (const [path, argument] of asked) {
    try {
      const answer = await askParts(parts, target, call.request, path, argument);
      if (answer === undefined) errors[path] = { name: 'APIError', path, message: 'No such Api' };
      else result[path] = answer.value ?? null;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      errors[path] = { name, path, message };
    }
  }
  return { id: call.id, result };
}

/** Paths with their arguments: none for get, the value for set, the arguments for invoke. */
function readPaths({ request, params }: Call): [path: string, argument: unknown][] | null {
  if (request === 'get') {
    if (!Array.isArray(params) || !params.every((path) => typeof path === 'string')) return null;
    return params.map((path) => [path, undefined]);
  }
  const record = request === 'set' || request === 'invoke' ? asRecord(params) : null;
  return record === null ? null : Object.entries(record);
}

async function askParts(
  parts: readonly ApiPart[],
  target: Instance,
  request: Call['request'],
  path: string,
  argument: unknown,
): Promise<Found> {
  const args = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  for (const part of parts) {
    const answer =
      request === 'get'
        ? part.get?.(path, target)
        : request === 'set'
          ? part.set?.(path, argument, target)
          : await part.invoke?.(path, args, target);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
