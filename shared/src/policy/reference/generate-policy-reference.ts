// Generates the files of docs/reference from the schema.
import { buildPolicyJsonSchema, buildPolicyPartJsonSchema } from './build-policy-json-schema.ts';
import { buildPolicyReference } from './build-policy-reference.ts';
import { buildWordsReference } from './build-words-reference.ts';

/** Texts by file name. The same schema always gives the same texts, on every machine. */
export function generatePolicyReference(): Record<
  'policy.schema.json' | 'policy-part.schema.json' | 'policy.md' | 'words.md',
  string
> {
  return {
    'policy.schema.json': `${JSON.stringify(buildPolicyJsonSchema(), null, 2)}\n`,
    'policy-part.schema.json': `${JSON.stringify(buildPolicyPartJsonSchema(), null, 2)}\n`,
    'policy.md': buildPolicyReference(),
    'words.md': buildWordsReference(),
  };
}
