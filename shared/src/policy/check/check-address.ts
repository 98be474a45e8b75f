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
  if (placeholdersOf(host).length > 0)
    return [errorAt(at, 'the host is part of the policy and has no placeholder; write it out')];
  if (host.includes('@'))
    return [
      errorAt(at, 'has a login; put it into the environment, name it in secret and write {{secret}} in a header'),
    ];
  if (!URL.canParse(`${scheme}://${host}`)) return [errorAt(at, `"${host}" is not the name of a host`)];
  if (scheme.toLowerCase() === 'http' && !LOOPBACK.test(new URL(`http://${host}`).hostname))
    return [errorAt(at, 'begins with http://, over which customers’ data could be read on the way; write https://')];
  const [path = ''] = rest.split('?');
  return path.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part))
    ? [errorAt(at, 'has . or .. in its path; write the whole path')]
    : [];
}
