import { jobShape } from './shapes.ts';

const read = (row: Record<string, unknown>, status = 'completed') =>
  jobShape.parse({ id: 'job', status, results: [row] }).results.map(({ success }) => success)[0] ?? 'in doubt';

test.each([
  ['worked, as recorded', { id: 1, action: 'update', success: true, status: 'Updated', account_id: 7 }],
  ['worked, without `success`', { id: 1, action: 'update', status: 'Updated' }],
  ['created', { index: 0, id: 1 }],
  ['nothing wrong, said at length', { id: 1, success: true, error: null, details: '' }],
])('a row that %s', (_name, row) => {
  expect(read(row)).toBe(true);
});

test.each([
  ['as recorded', { index: 0, error: 'TicketUpdateFailed', id: 1, details: 'Group: is invalid' }],
  ['as documented', { id: 1, action: 'update', success: false, error: 'E', details: 'd' }],
  ['with an error that is no text', { index: 0, id: 1, error: { title: 'RecordInvalid' }, details: ['a', 'b'] }],
  ['with nothing but details', { index: 0, id: 1, details: 'Group: is invalid' }],
  ['that says so in its status', { id: 1, action: 'update', status: 'Failed' }],
  ['that contradicts itself', { id: 1, success: true, error: 'UpdateConflict' }],
  ['of a form to come', { id: 1, success: 'no' }],
])('a failed row %s', (_name, row) => {
  expect(read(row)).toBe(false);
});

test.each(['failed', 'killed'])('of a job that has %s, a row that says nothing is in doubt', (status) => {
  expect(read({ index: 0, id: 1 }, status)).toBe('in doubt');
  expect(read({ id: 1, success: true }, status)).toBe(true);
  expect(read({ index: 0, id: 1, error: 'E', details: 'd' }, status)).toBe(false);
});

test.each([[null], [{ success: true }], [[null, 7, { id: null }, { error: 'E' }]]])(
  'results without ticket ids leave all in doubt: %j',
  (results) => {
    expect(jobShape.parse({ id: 'job', status: 'completed', results }).results).toEqual([]);
  },
);
