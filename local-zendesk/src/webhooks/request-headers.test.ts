import { sign, TEST_DELIVERY_SECRET } from './request-headers.ts';

test.each([
  ['an empty body', '2021-03-25T05:09:27Z', '', 'wCdBvXaHttn0wRVIYctzZ9O6O0bnqWakJMEKZ9VoRWw='],
  ['a JSON body', '2026-01-02T03:04:05Z', '{"hello":"world"}', 'WSTlD8sp/VLH8QALIAbzU3RqUyxsHEvCtOwU4GEVnFk='],
  [
    'a UTF-8 body',
    '2026-01-02T03:04:05Z',
    '{"ticket":{"id":42,"subject":"Grüße – \\"q\\""}}',
    'Dr23/5N+9hqTEka/Acn+3Sfc2satb11acjnyq4w6iqk=',
  ],
])('signs %s as Zendesk does', (_name, timestamp, body, signature) => {
  expect(sign(TEST_DELIVERY_SECRET, timestamp, body)).toBe(signature);
  expect(sign(TEST_DELIVERY_SECRET, timestamp, Buffer.from(body))).toBe(signature);
});

test('gives another signature for another secret', () => {
  expect(sign('other', '2026-01-02T03:04:05Z', '{"hello":"world"}')).not.toBe(
    'WSTlD8sp/VLH8QALIAbzU3RqUyxsHEvCtOwU4GEVnFk=',
  );
});
