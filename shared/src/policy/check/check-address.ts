// Checks that the address of a tool names its host, over an encrypted connection.
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { placeholdersOf } from '../template.ts';

/** Scheme and host, then path and query. */
const ADDRESS = /^(https?):\/\/([^/?#]*)([/?][^#]*)?$/i;
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

export function checkAddress(address: unknown, at: PolicyPath): Finding[] {
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
