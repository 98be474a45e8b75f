// Hashes a policy, to recognise changes.
import { createHash } from 'node:crypto';
import type { Policy } from './schema.ts';

/**
 * SHA-256 (hex) of the policy's content: comments, layout, the order of keys, explicit defaults, tests and the files it is
 * spread over do not count, the order of lists does.
 */
export function hashPolicy(policy: Policy): string {
  return createHash('sha256')
    .update(
      JSON.stringify(
        sortKeys({ ...policy, triggers: policy.triggers.map(withoutDefaults), include: undefined, tests: undefined }),
      ),
    )
    .digest('hex');
}

/** A trigger without a mode acts. */
const withoutDefaults = (trigger: Policy['triggers'][number]) =>
  trigger.mode === 'act' ? { ...trigger, mode: undefined } : trigger;

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sortKeys(entry)]),
  );
}
