import { loadPolicy } from '@deskwright/shared';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { listAnnotations } from '../../history/index.ts';
import { type NewMark, runAnnotate, runListAnnotations, runRemoveAnnotation } from './annotate.ts';

const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy has mistakes.');
const { policy } = loaded;

let database: TestDatabase;
let printed: string[];
beforeEach(async () => {
  database = await createTestDatabase();
  printed = [];
});
afterEach(() => database.drop());

const deps = (json = false) => ({
  db: database.db,
  json,
  out: (line: string) => printed.push(line),
  policy,
  now: new Date('2026-11-28T13:00:00Z'),
});
const mark = (part: Partial<NewMark> = {}): NewMark => ({
  text: 'New checkout',
  at: '2026-11-20T10:00',
  category: null,
  who: 'ana@support-1',
  ...part,
});

test('marks a moment on the clock of the policy, and says how to undo it', async () => {
  expect(await runAnnotate(deps(), mark({ category: 'payment' }))).toBe(0);
  expect(printed).toEqual([
    'Marked: 1  2026-11-20 10:00  New checkout (category payment), by ana@support-1',
    'To undo: deskwright annotate --remove 1',
  ]);
  expect(await listAnnotations(database.db)).toMatchObject([
    { at: new Date('2026-11-20T15:00:00Z'), category: 'payment' },
  ]);
});

test('says who reads a mark that is of no category', async () => {
  await runAnnotate(deps(), mark());
  expect(printed[1]).toBe('Everybody with a link to the company page reads it there: it must not name a customer.');
});

test('lists what is marked, newest first', async () => {
  await runListAnnotations(deps());
  expect(printed).toEqual(['Nothing is marked. To mark a launch: deskwright annotate "New checkout"']);
  await runAnnotate(deps(), mark({ text: 'First', at: '2026-11-01' }));
  await runAnnotate(deps(), mark({ text: 'Now', at: null }));
  printed = [];
  await runListAnnotations(deps());
  expect(printed).toEqual([
    '2  2026-11-28 08:00  Now, by ana@support-1',
    '1  2026-11-01 00:00  First, by ana@support-1',
  ]);
  printed = [];
  await runListAnnotations(deps(true));
  expect(JSON.parse(printed.join(''))).toMatchObject({ annotations: [{ id: 2 }, { id: 1 }] });
});

test('what is removed is no longer shown, but stays stored', async () => {
  await runAnnotate(deps(), mark());
  expect(await runRemoveAnnotation(deps(), 1)).toBe(0);
  expect(await listAnnotations(database.db)).toEqual([]);
  expect(await listAnnotations(database.db, { removed: true })).toMatchObject([{ id: 1, removedAt: expect.any(Date) }]);
  expect(await runRemoveAnnotation(deps(), 1)).toBe(1);
  expect(printed.at(-1)).toBe('There is no annotation 1; deskwright annotate --list shows them.');
});

test.each([
  [{ text: '  ' }, 'Write what happened'],
  [{ text: 'x'.repeat(121) }, 'longer than 120 characters'],
  [{ at: '20.11.2026' }, 'write 2026-11-20T10:00 or 2026-11-20, on the clock of America/New_York'],
  [{ category: 'payments' }, 'Did you mean "payment"?'],
])('refuses %j with what to write', async (part, message) => {
  await expect(runAnnotate(deps(), mark(part))).rejects.toThrow(message);
  expect(await listAnnotations(database.db)).toEqual([]);
});
