// Routes for bulk writes of users and organizations.
import type { z } from 'zod';
import type { Refusal, Result } from '../../account/result.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import type { JobRow } from '../jobs/jobs.ts';
import { replyWithJob } from '../jobs/reply-with-job.ts';
import { idsParam } from '../params.ts';
import { tooMany } from '../replies.ts';

const MOST = 100;

interface Row {
  id?: number | undefined;
  external_id?: string | null | undefined;
}

type Done = Result<{ id: number }>;

export interface BulkResource<Input extends Row> {
  path: '/users' | '/organizations';
  one: string;
  many: string;
  /** In the names of its jobs: `Bulk Create User`. */
  noun: string;
  scope: string;
  body: z.ZodType<Record<string, Input>>;
  listBody: z.ZodType<Record<string, Input[]>>;
  create: (call: Call, input: Input) => Done;
  update: (call: Call, id: number, input: Input) => Done;
  createOrUpdate?: (call: Call, input: Input) => Result<{ item: { id: number }; created: boolean }>;
  remove: (call: Call, id: number) => Done;
  idOfExternal: (call: Call, externalId: string) => number | undefined;
}

/** Organizations say how many there may be; users do not. */
const refuseSize = (path: string): Reply => tooMany(path === '/organizations' ? { max_count: MOST } : {});

const detailsOf = (refusal: Refusal): string => {
  switch (refusal.kind) {
    case 'invalid':
      return Object.values(refusal.details)
        .flat()
        .map((one) => one.description)
        .join('; ');
    case 'forbidden':
    case 'bad_value':
      return refusal.message;
    case 'not_found':
      return 'Record not found';
    case 'stale':
      return 'The record was changed meanwhile';
  }
};

function rowOf(call: Call, index: number, id: number | null, action: string, result: Done, status: string): JobRow {
  if (result.ok) return { index, id: result.value.id, action, success: true, status, account_id: call.account.id };
  const error = result.refusal.kind === 'not_found' ? 'RecordNotFound' : 'RecordInvalid';
  return { index, ...(id !== null && { id }), error, details: detailsOf(result.refusal) };
}

const unknown: Done = { ok: false, refusal: { kind: 'not_found' } };

export function bulkRoutes<Input extends Row>(resource: BulkResource<Input>): readonly Route[] {
  const { path, one, many, noun, scope, body, listBody, create, update, createOrUpdate, remove } = resource;

  /** `ids` or `external_ids` of the query. */
  const namedIds = (call: Call): readonly (number | undefined)[] => {
    const external = (call.query.get('external_ids') ?? '').split(',').filter(Boolean);
    return [...idsParam(call), ...external.map((externalId) => resource.idOfExternal(call, externalId))];
  };
  const forEach = (call: Call, inputs: readonly Input[], verb: string, act: (input: Input, index: number) => JobRow) =>
    inputs.length > MOST
      ? refuseSize(path)
      : replyWithJob(call, `Bulk ${verb} ${noun}`, inputs.length, () => inputs.map(act));

  const createMany = (call: Call): Reply | Promise<Reply> =>
    withBody(call, listBody, (parsed) =>
      forEach(call, parsed[many] ?? [], 'Create', ({ id: _id, ...input }, index) =>
        rowOf(call, index, null, 'create', create(call, input as Input), 'Created'),
      ),
    );

  const updateOne = (call: Call, id: number | undefined, input: Input, index: number): JobRow =>
    rowOf(call, index, id ?? null, 'update', id === undefined ? unknown : update(call, id, input), 'Updated');

  /** One change for all records in the query, or a separate change for each. */
  function updateMany(call: Call): Reply | Promise<Reply> {
    if (!call.query.has('ids') && !call.query.has('external_ids')) {
      return withBody(call, listBody, (parsed) =>
        forEach(call, parsed[many] ?? [], 'Update', ({ id, ...input }, index) => {
          const found = id ?? (input.external_id ? resource.idOfExternal(call, input.external_id) : undefined);
          return updateOne(call, found, input as Input, index);
        }),
      );
    }
    const ids = namedIds(call);
    if (ids.length > MOST) return refuseSize(path);
    return withBody(call, body, (parsed) =>
      replyWithJob(call, `Bulk Update ${noun}`, ids.length, () => {
        const { id: _id, ...input } = parsed[one] as Input;
        return ids.map((id, index) => updateOne(call, id, input as Input, index));
      }),
    );
  }

  const createOrUpdateMany = (write: NonNullable<typeof createOrUpdate>) => (call: Call) =>
    withBody(call, listBody, (parsed) =>
      forEach(call, parsed[many] ?? [], 'Create Or Update', (input, index) => {
        const result = write(call, input);
        if (!result.ok) return rowOf(call, index, null, '', result, '');
        const [action, status] = result.value.created ? ['create', 'Created'] : ['update', 'Updated'];
        return rowOf(call, index, null, action ?? '', { ok: true, value: result.value.item }, status ?? '');
      }),
    );

  function destroyMany(call: Call): Reply {
    const ids = namedIds(call);
    if (ids.length > MOST) return refuseSize(path);
    return replyWithJob(call, `Bulk Delete ${noun}`, ids.length, () =>
      ids.map((id, index) =>
        rowOf(call, index, id ?? null, 'delete', id === undefined ? unknown : remove(call, id), 'Deleted'),
      ),
    );
  }

  const role = 'admin';
  return [
    { method: 'post', path: `${path}/create_many`, scope, role, handle: createMany },
    { method: 'put', path: `${path}/update_many`, scope, role, handle: updateMany },
    { method: 'delete', path: `${path}/destroy_many`, scope, role, handle: destroyMany },
    ...(createOrUpdate === undefined
      ? []
      : [
          {
            method: 'post',
            path: `${path}/create_or_update_many`,
            scope,
            role,
            handle: createOrUpdateMany(createOrUpdate),
          } as const,
        ]),
  ];
}
