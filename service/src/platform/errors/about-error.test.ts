import { UnstorableError } from '../../tickets/receive/inbox.ts';
import { aboutError } from './about-error.ts';

const refused = Object.assign(new Error('invalid input syntax: "my secret"'), { name: 'error', code: '22P02' });

test('a data error is described by its code, without what PostgreSQL quotes', () => {
  expect(aboutError(refused)).toEqual({ error: 'error', code: '22P02' });
});

test('an error is described with its cause', () => {
  expect(aboutError(new UnstorableError('PostgreSQL cannot store this body', { cause: refused }))).toEqual({
    error: 'UnstorableError: PostgreSQL cannot store this body',
    cause: { error: 'error', code: '22P02' },
  });
});
