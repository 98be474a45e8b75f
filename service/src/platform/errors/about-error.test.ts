import { UnstorableError } from '../../tickets/receive/inbox.ts';
import { aboutError } from './about-error.ts';

const refused = Object.assign(new Error('invalid input syntax: "my secret"'), { name: 'error', code: '22P02' });

test('an error about the data tells its code and not what PostgreSQL quotes', () => {
  expect(aboutError(refused)).toEqual({ error: 'error', code: '22P02' });
});

test('an error tells its cause too', () => {
  expect(aboutError(new UnstorableError('PostgreSQL cannot store this body', { cause: refused }))).toEqual({
    error: 'UnstorableError: PostgreSQL cannot store this body',
    cause: { error: 'error', code: '22P02' },
  });
});
