import type { Request } from 'express';
import { networkOf, readVisit } from './read-visit.ts';

const KEY = Buffer.from('a key');
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const visit = (headers: Record<string, string>, ip = '81.2.69.160') =>
  readVisit({ ip, get: (name: string) => headers[name] } as Request, KEY);
const LIKE_CHROME = { 'user-agent': CHROME, 'accept-language': 'de', 'sec-fetch-mode': 'navigate' };

test.each([
  ['81.2.69.160', '81.2.69'],
  ['::ffff:81.2.69.7', '81.2.69'],
  ['2001:db8:7:1::5', '2001:db8:7'],
  ['2001:0db8::1', '2001:db8:0'],
  ['10.1.2.3', null],
  ['127.0.0.1', null],
  ['::1', null],
  ['fd00::1', null],
  ['', null],
  ['nonsense', null],
])('of %j the network is %j', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test('no address and no user agent can be read from the hashes, and another key gives other ones', () => {
  const { network, agent } = visit(LIKE_CHROME);
  expect(`${network} ${agent}`).not.toMatch(/81|Mozilla/);
  expect(visit(LIKE_CHROME, '81.2.69.9').network).toBe(network);
  const request = { ip: '81.2.69.160', get: () => CHROME } as unknown as Request;
  expect(readVisit(request, Buffer.from('another')).network).not.toBe(network);
});

test.each([
  [LIKE_CHROME, 'browser', false],
  [{ 'user-agent': CHROME, 'accept-language': 'de' }, 'browser', true],
  [{ 'user-agent': CHROME, 'sec-fetch-mode': 'navigate' }, 'browser', true],
  [{ 'user-agent': 'Mozilla/5.0 (Windows NT 6.1; Trident/7.0) like Gecko', 'accept-language': 'de' }, 'browser', false],
  [{}, 'none', false],
  [{ 'user-agent': 'python-requests/2.32' }, 'tool', false],
  [{ ...LIKE_CHROME, 'user-agent': CHROME.replace('Chrome', 'HeadlessChrome') }, 'tool', false],
  [{ 'user-agent': 'BarracudaCentral/1.0' }, 'scanner', false],
])('what %j claims is judged', (headers, agentKind, unlikeBrowser) => {
  expect(visit(headers)).toMatchObject({ agentKind, unlikeBrowser });
});
