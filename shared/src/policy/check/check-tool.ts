// Checks one tool: that its request goes where the policy allows, holds no secret, and names only what exists.
import { whyNotJsonPath } from '../../json-path/read-json-path.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { placeholdersOf, SOURCES, textsIn } from '../template.ts';
import { type Block, entriesAt, isBlock, textsAt, valueAt } from '../value-at.ts';
import { checkPattern } from './check-pattern.ts';
import { shorten, unknownWord } from './check-spelling.ts';
import { checkToolSecrets } from './check-tool-secrets.ts';

/** What a header may hold: nothing that the customer or the agent wrote. */
const IN_HEADERS = ['secret', 'ticket.id', 'agent.id', 'agent.email'];
/** Set by the service, or by HTTP itself. */
const OUR_HEADERS = /^(?:host|connection|content-length|content-type|transfer-encoding|accept|idempotency-key)$/i;

export function checkTool(tool: unknown): Finding[] {
  if (!isBlock(tool)) return [];
  const request = isBlock(tool['request']) ? tool['request'] : {};
  return [
    ...checkAddress(request['address'], ['request', 'address']),
    ...checkPlaceholders(tool, request),
    ...checkHeaders(request),
    ...checkToolSecrets(tool),
    ...checkKind(tool, request),
    ...entriesAt(tool, ['inputs']).flatMap(({ entry, path }) =>
      entry['pattern'] === undefined ? [] : checkPattern(entry['pattern'], [...path, 'pattern']),
    ),
    ...entriesAt(tool, ['show']).flatMap(({ entry, path }) => checkPath(entry['path'], [...path, 'path'])),
  ];
}

export function checkPath(path: unknown, at: PolicyPath): Finding[] {
  if (typeof path !== 'string') return [];
  const why = whyNotJsonPath(path);
  return why === null ? [] : [errorAt(at, `"${shorten(path)}" is not a JSONPath, such as $.order.status: ${why}`)];
}

function checkPlaceholders(tool: Block, request: Block): Finding[] {
  const inputs = textsAt(tool, ['inputs'], 'id');
  const allowed = [...SOURCES, ...inputs.map((id) => `input.${id}`)];
  const places = [
    { text: request['address'], path: ['request', 'address'] as PolicyPath },
    { text: tool['confirm'], path: ['confirm'] as PolicyPath },
    ...textsIn(request['body']).map(({ text, path }) => ({ text, path: ['request', 'body', ...path] as PolicyPath })),
  ];
  const used = new Set<string>();
  const findings = places.flatMap(({ text, path }) =>
    (typeof text === 'string' ? placeholdersOf(text) : []).flatMap((name) => {
      used.add(name);
      if (allowed.includes(name)) return [];
      if (name === 'secret')
        return [
          errorAt(path, '{{secret}} is allowed only in a header, because addresses and bodies are logged and shown'),
        ];
      return [unknownWord('placeholder', name, allowed, path)];
    }),
  );
  const unused = entriesAt(tool, ['inputs']).flatMap(({ entry: { id }, path }) =>
    typeof id === 'string' && !used.has(`input.${id}`)
      ? [
          warningAt(
            [...path, 'id'],
            `this input is not used; use {{input.${id}}} in the address or the body, or remove it`,
          ),
        ]
      : [],
  );
  return [...findings, ...unused];
}

function checkHeaders(request: Block): Finding[] {
  const headers = isBlock(request['headers']) ? Object.entries(request['headers']) : [];
  const findings = headers.flatMap(([name, value]) => {
    const path = ['request', 'headers', name];
    if (typeof value !== 'string') return [];
    if (OUR_HEADERS.test(name)) return [errorAt(path, `Deskwright sets the header "${name}" itself; remove it`)];
    if (/[^\t\x20-\x7e]/.test(value)) return [errorAt(path, 'a header may contain only ASCII characters')];
    return placeholdersOf(value).flatMap((each) =>
      IN_HEADERS.includes(each) ? [] : [unknownWord('placeholder', each, IN_HEADERS, path)],
    );
  });
  const isUsed = headers.some(([, value]) => typeof value === 'string' && placeholdersOf(value).includes('secret'));
  const isNamed = request['secret'] !== undefined;
  if (isUsed && !isNamed)
    findings.push(
      errorAt(['request', 'headers'], '{{secret}} is used, but secret is missing; name the secret in secret'),
    );
  if (isNamed && !isUsed)
    findings.push(errorAt(['request', 'secret'], 'the secret is not used; use {{secret}} in a header, or remove it'));
  return findings;
}

function checkKind(tool: Block, request: Block): Finding[] {
  const { kind = 'read', inputs = [], show = [], beside_ticket: beside } = tool;
  const { method = 'GET', body } = request;
  const isWrite = kind === 'write';
  return [
    isWrite && method === 'GET'
      ? errorAt(['kind'], 'kind: write does not allow GET; use POST, PUT, PATCH or DELETE')
      : [],
    !isWrite && method !== 'GET' && method !== 'POST'
      ? errorAt(['request', 'method'], `kind: read allows only GET and POST; for ${String(method)} use kind: write`)
      : [],
    method === 'GET' && body !== undefined
      ? errorAt(['request', 'body'], 'a GET request has no body; remove it', { at: 'key' })
      : [],
    !isWrite && Array.isArray(show) && show.length === 0 && valueAt(tool, ['id']) !== undefined
      ? warningAt([], 'nothing of the answer is shown; add entries under show', { at: 'block' })
      : [],
    !isWrite && tool['confirm'] !== undefined
      ? errorAt(['confirm'], 'only kind: write is confirmed; remove it or use kind: write', { at: 'key' })
      : [],
    beside === true && (isWrite || (Array.isArray(inputs) && inputs.length > 0))
      ? errorAt(['beside_ticket'], 'only kind: read without inputs can be shown automatically; remove it', {
          at: 'key',
        })
      : [],
  ].flat();
}

/** Scheme and host, then path and query. */
const ADDRESS = /^(https?):\/\/([^/?#]*)([/?][^#]*)?$/i;
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** Checks that the address of a tool names its host, over an encrypted connection. */
function checkAddress(address: unknown, at: PolicyPath): Finding[] {
  if (typeof address !== 'string') return [];
  const [, scheme, host = '', rest = ''] = ADDRESS.exec(address) ?? [];
  if (scheme === undefined || /\s/.test(address.replaceAll(/\{\{[^{}]*\}\}/g, '')))
    return [errorAt(at, 'is not an address such as https://shop.example.com/orders/{{input.order}}')];
  if (placeholdersOf(host).length > 0) return [errorAt(at, 'the host must not contain a placeholder; write it out')];
  if (host.includes('@'))
    return [
      errorAt(at, 'contains a login; put it in the environment, name it in secret and use {{secret}} in a header'),
    ];
  if (!URL.canParse(`${scheme}://${host}`)) return [errorAt(at, `"${host}" is not the name of a host`)];
  if (scheme.toLowerCase() === 'http' && !LOOPBACK.test(new URL(`http://${host}`).hostname))
    return [errorAt(at, 'starts with http://, which would send customer data unencrypted; use https://')];
  const [path = ''] = rest.split('?');
  return path.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part))
    ? [errorAt(at, 'contains . or .. in its path; write the full path')]
    : [];
}
