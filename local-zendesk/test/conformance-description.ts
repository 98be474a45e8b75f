// Reads an operation from Zendesk's OpenAPI description.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  allOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  additionalProperties?: boolean | Schema;
}

type Content = Readonly<Record<string, { schema?: Schema }>>;
type Referable<T> = T | { $ref: string };

interface Described {
  operationId: string;
  requestBody?: Referable<{ content?: Content }>;
  responses: Readonly<Record<string, Referable<{ content?: Content }>>>;
}

interface Operation {
  operationId: string;
  /** Undefined where the description models no body. */
  requestSchema: Schema | undefined;
  /** By status; undefined for answers without a body. */
  responses: ReadonlyMap<string, Schema | undefined>;
}

export interface Description {
  /** The operation of a path like `/api/v2/tickets/12`; words win over parameters. */
  find: (method: string, path: string) => Operation | undefined;
  resolve: (ref: string) => Schema;
}

const schemaOf = (content: Content | undefined): Schema | undefined => Object.values(content ?? {})[0]?.schema;

/** @param file the OpenAPI file; see its own README for where it comes from. */
export function readDescription(file: URL): Description {
  const whole = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as {
    paths: Record<string, Record<string, Described>>;
    components: Record<string, Record<string, unknown>>;
  };
  const lookUp = (ref: string): unknown => {
    const [, , section = '', name = ''] = ref.split('/');
    const found = whole.components[section]?.[name];
    if (found === undefined) throw new Error(`The description has no ${ref}.`);
    return found;
  };
  const follow = <T extends object>(value: Referable<T>): T => ('$ref' in value ? (lookUp(value.$ref) as T) : value);
  const paths = Object.keys(whole.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '([^/]+)')}$`),
    parameters: (template.match(/\{/g) ?? []).length,
  }));
  paths.sort((a, b) => a.parameters - b.parameters);
  return {
    find: (method, path) => {
      const fitting = paths.find(({ template, pattern }) => pattern.test(path) && whole.paths[template]?.[method]);
      const described = fitting && whole.paths[fitting.template]?.[method];
      if (!described) return undefined;
      const body = described.requestBody && follow(described.requestBody);
      return {
        operationId: described.operationId,
        requestSchema: schemaOf(body?.content),
        responses: new Map(
          Object.entries(described.responses).map(([status, response]) => [status, schemaOf(follow(response).content)]),
        ),
      };
    },
    resolve: (ref) => lookUp(ref) as Schema,
  };
}
