// Builds the JSON Schema that editors use to complete and check a policy file.
import { z } from 'zod';
import { policySchema } from '../schema.ts';
import { conditionDefinitions } from './condition-json-schema.ts';

/** The part of JSON Schema (draft 7) that the policy's schema uses. */
export interface PolicyJsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, PolicyJsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: PolicyJsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly definitions?: Readonly<Record<string, unknown>>;
}

/** Draft 7, which editors' YAML plug-ins support best. It does not contain references between keys. */
export function buildPolicyJsonSchema(): PolicyJsonSchema {
  const schema = z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return {
    ...schema,
    title: 'Deskwright policy',
    description: 'How a support organisation wants its Zendesk to run.',
    definitions: conditionDefinitions(),
  } as PolicyJsonSchema;
}

/** Of a file that a policy includes: the same keys, of which none must be there. */
export function buildPolicyPartJsonSchema(): PolicyJsonSchema {
  const { required: _, ...schema } = buildPolicyJsonSchema();
  return {
    ...schema,
    title: 'Part of a Deskwright policy',
    description: 'A file that a policy names under `include`.',
  };
}
