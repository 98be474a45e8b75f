import { ZendeskError } from '../../zendesk/zendesk.ts';
import { isTemporary } from './external-error.ts';

const postgres = (code: string) => new Error('Failed query', { cause: Object.assign(new Error('words'), { code }) });

test.each([
  ['a busy Zendesk', new ZendeskError('busy', 'GET answered 429', 429, 1_000)],
  ['a refused login', new ZendeskError('forbidden', 'GET answered 401', 401)],
  ['a server that shuts down', postgres('57P01')],
  ['a deadlock', postgres('40P01')],
  ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ['a pool that has no connection to give', new Error('timeout exceeded when trying to connect')],
  ['a database that does not answer', new Error('timeout expired')],
  ['a connection that takes too long', new Error('Connection terminated due to connection timeout')],
])('%s is temporary', (_name, error) => {
  expect(isTemporary(error)).toBe(true);
});

test.each([
  ['a ticket Zendesk refuses', new ZendeskError('rejected', 'PUT answered 422', 422)],
  ['a text that PostgreSQL cannot hold', postgres('22021')],
  ['a mistake of ours', new TypeError('x is undefined')],
  ['what is no error', 'timeout expired'],
])('%s is not temporary', (_name, error) => {
  expect(isTemporary(error)).toBe(false);
});
