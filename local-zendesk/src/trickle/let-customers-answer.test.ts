import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMailbox, type Mailbox } from '../mail/mailbox.ts';
import { createRandom } from '../random.ts';
import { createSurveyTakers } from './let-customers-answer.ts';

let server: Server;
let mailbox: Mailbox;
let opened: string[];
let sent: URLSearchParams[];
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.method === 'GET') {
      opened.push(request.url ?? '');
      return response.end('<input type="hidden" name="form" value="abcdefghijklmnop">');
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    return request.on('end', () => {
      sent.push(new URLSearchParams(Buffer.concat(parts).toString()));
      response.writeHead(303, { location: '?saved' }).end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  [mailbox, opened, sent] = [createMailbox(), [], []];
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const mail = (text: string) =>
  mailbox.add({ receivedAt: 0, from: 's@n.test', to: ['c@n.test'], subject: 'How?', html: null, text, headers: [] });
const survey = (n: number) =>
  mail([...Array(11).keys()].map((score) => ` ${score}\n    ${url()}/s/token${n}?score=${score}`).join('\n'));

test('customers answer about half of the surveys, after a while, each with a form that they opened and signs of use', async () => {
  let now = 0;
  const takers = createSurveyTakers({ mailbox, random: createRandom(1), now: () => now });
  mail('A reply of an agent');
  for (let n = 0; n < 100; n += 1) survey(n);
  expect(await takers.look()).toBe('nothing');
  const scans = sent.length;
  expect(scans).toBeGreaterThan(3);
  expect(sent.every((fields) => fields.get('score') === '0' && !fields.has('used'))).toBe(true);

  now = 15_000;
  const outcomes = [];
  for (let n = 0; n < 101; n += 1) outcomes.push(await takers.look());
  const answers = sent.slice(scans);
  expect(outcomes.filter((one) => one === 'answered')).toHaveLength(answers.length);
  expect(outcomes.at(-1)).toBe('nothing');
  expect(answers.length).toBeGreaterThan(30);
  expect(answers.length).toBeLessThan(70);
  const scores = answers.map((fields) => Number(fields.get('score')));
  expect(scores.filter((score) => score >= 9).length).toBeGreaterThan(scores.filter((score) => score <= 6).length);
  expect(answers.every((fields) => fields.get('form') === 'abcdefghijklmnop')).toBe(true);
  const doubtful = answers.filter((fields) => fields.get('used') === '');
  expect(answers.indexOf(doubtful[0]!)).toBe(1);
  expect(doubtful).toHaveLength(Math.ceil((answers.length - 1) / 8));
  expect(doubtful.some((fields) => fields.has('comment'))).toBe(false);
});

test('a service that does not answer stops nobody', async () => {
  let now = 0;
  const takers = createSurveyTakers({ mailbox, random: () => 0.2, now: () => now });
  mail('5\n http://127.0.0.1:1/s/token?score=5');
  await takers.look();
  now = 20_000;
  expect(await takers.look()).toBe('ignored');
});
