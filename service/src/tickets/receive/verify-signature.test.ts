import { createHmac } from 'node:crypto';
import { verifySignature } from './read-delivery.ts';

/** Zendesk's static secret for test deliveries; used as it stands, not decoded. */
const SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

test.each([
  ['2021-03-25T05:09:27Z', '', 'wCdBvXaHttn0wRVIYctzZ9O6O0bnqWakJMEKZ9VoRWw='],
  ['2026-01-02T03:04:05Z', '{"hello":"world"}', 'WSTlD8sp/VLH8QALIAbzU3RqUyxsHEvCtOwU4GEVnFk='],
  [
    '2026-01-02T03:04:05Z',
    '{"ticket":{"id":42,"subject":"Grüße – \\"q\\""}}',
    'Dr23/5N+9hqTEka/Acn+3Sfc2satb11acjnyq4w6iqk=',
  ],
])('accepts the signature of %s and %j', (timestamp, body, signature) => {
  expect(verifySignature([SECRET], { signature, timestamp, rawBody: Buffer.from(body) })).toBe(true);
});

const timestamp = '2026-01-02T03:04:05Z';
const rawBody = Buffer.from('{"ticket_id":1}');
const sign = (secret: string) => createHmac('sha256', secret).update(timestamp).update(rawBody).digest('base64');

test('accepts both secrets during a rotation, and no third', () => {
  const fits = (secret: string) => verifySignature(['new', 'old'], { signature: sign(secret), timestamp, rawBody });

  expect([fits('new'), fits('old'), fits('stranger')]).toEqual([true, true, false]);
});

test.each([
  ['one byte of the body differs', { rawBody: Buffer.from('{"ticket_id":2}') }],
  ['the timestamp differs', { timestamp: '2026-01-02T03:04:06Z' }],
  ['there is no signature', { signature: undefined }],
  ['there is no timestamp', { timestamp: undefined }],
  ['the signature is empty', { signature: '' }],
  ['the signature is cut', { signature: sign('new').slice(0, 20) }],
  ['the signature is in hexadecimal', { signature: Buffer.from(sign('new'), 'base64').toString('hex') }],
])('rejects it when %s', (_why, parts) => {
  expect(verifySignature(['new'], { signature: sign('new'), timestamp, rawBody, ...parts })).toBe(false);
});
