// Reads from a request who may have sent it. Address and user agent are kept as keyed hashes only.
import { createHmac } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { Request } from 'express';
import type { Visit } from '../answers/evidence.ts';

/** Addresses that say nothing of who visits: RFC 1918, 4193, 6598, loopback and link-local. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** @param key for the hashes: without it an address cannot be found by trying all of them */
export function readVisit(request: Request, key: Buffer): Visit & { userAgent: string } {
  const userAgent = (request.get('user-agent') ?? '').slice(0, 300);
  const prefix = networkOf(request.ip ?? '');
  const hash = (value: string) => createHmac('sha256', key).update(value).digest('base64url').slice(0, 22);
  return {
    network: prefix && hash(`network ${prefix}`),
    agent: hash(`agent ${userAgent}`),
    agentKind: kindOf(userAgent),
    unlikeBrowser: isUnlikeBrowser(request, userAgent),
    gesture: request.get('sec-fetch-user') === '?1',
    userAgent,
  };
}

/**
 * The part of an address that names a network: /24 of IPv4, /48 of IPv6. Null: a private address or none.
 * @internal
 */
export function networkOf(ip: string): string | null {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const version = isIP(address);
  if (version === 0 || PRIVATE.check(address, version === 4 ? 'ipv4' : 'ipv6')) return null;
  return version === 4 ? address.split('.').slice(0, 3).join('.') : expand(address).slice(0, 3).join(':');
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(gap).fill('0'), ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}

const SCANNERS =
  /safelinks|barracuda|mimecast|proofpoint|urldefense|trend ?micro|ironport|messagelabs|sophos|fireeye|bot\b|crawl|spider|scanner|antivirus|phish|bingpreview|facebookexternalhit/i;
const TOOLS = /headless|phantomjs|selenium|puppeteer|playwright/i;

function kindOf(userAgent: string): Visit['agentKind'] {
  if (userAgent.trim() === '') return 'none';
  if (SCANNERS.test(userAgent)) return 'scanner';
  return userAgent.startsWith('Mozilla/') && !TOOLS.test(userAgent) ? 'browser' : 'tool';
}

/** Since these versions the browser sends `Sec-Fetch-Mode` to every https page (caniuse.com, "Fetch Metadata Request Headers"). */
const SENDS_FETCH_METADATA: readonly (readonly [RegExp, number])[] = [
  [/Chrome\/(\d+)/, 80],
  [/Firefox\/(\d+)/, 90],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/, 17],
];

function isUnlikeBrowser(request: Request, userAgent: string): boolean {
  if (!userAgent.startsWith('Mozilla/')) return false;
  if (request.get('accept-language') === undefined) return true;
  const isNew = SENDS_FETCH_METADATA.some(([version, from]) => Number(version.exec(userAgent)?.[1] ?? 0) >= from);
  return isNew && request.get('sec-fetch-mode') === undefined;
}
