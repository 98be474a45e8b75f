// Routes for schedules, SLA policies and omnichannel queues (read-only).
import type { Queue, Schedule, SlaPolicy } from '../../account/service-levels.ts';
import type { Call, Reply, Route } from '../call.ts';
import { idParam } from '../params.ts';
import { notFound, ok } from '../replies.ts';

const showSchedule = ({ url }: Call, { holidays: _own, ...schedule }: Schedule): Record<string, unknown> => ({
  url: url(`/business_hours/schedules/${schedule.id}.json`),
  ...schedule,
});

const showPolicy = ({ url }: Call, policy: SlaPolicy): Record<string, unknown> => ({
  url: url(`/slas/policies/${policy.id}.json`),
  ...policy,
});

/** Zendesk's ids of queues are words. */
function showQueue(
  { account, url }: Call,
  { id, primary_group_ids: primary, secondary_group_ids: secondary, ...queue }: Queue,
): Record<string, unknown> {
  const named = (ids: readonly number[]) => ({
    count: ids.length,
    groups: ids.map((group) => ({ id: group, name: account.groups.find(group)?.name ?? '' })),
  });
  return {
    url: url(`/queues/${id}.json`),
    id: String(id),
    ...queue,
    primary_groups: named(primary),
    secondary_groups: named(secondary),
  };
}

const withSchedule =
  (answer: (call: Call, schedule: Schedule) => Reply) =>
  (call: Call): Reply => {
    const schedule = call.account.schedules.find(idParam(call));
    return schedule === undefined ? notFound() : answer(call, schedule);
  };

function listPolicies(call: Call): Reply {
  const policies = call.account.slaPolicies.list().map((policy) => showPolicy(call, policy));
  return ok({ sla_policies: policies, count: policies.length, next_page: null, previous_page: null });
}

function showOnePolicy(call: Call): Reply {
  const policy = call.account.slaPolicies.find(idParam(call));
  return policy === undefined ? notFound() : ok({ sla_policy: showPolicy(call, policy) });
}

function showOneQueue(call: Call): Reply {
  const queue = call.account.queues.find(idParam(call));
  return queue === undefined ? notFound() : ok({ queue: showQueue(call, queue) });
}

const get = { method: 'get', scope: 'global' } as const;
const schedulePath = '/business_hours/schedules';

export const serviceLevelRoutes: readonly Route[] = [
  {
    ...get,
    path: schedulePath,
    handle: (call) => ok({ schedules: call.account.schedules.list().map((one) => showSchedule(call, one)) }),
  },
  {
    ...get,
    path: `${schedulePath}/:id`,
    handle: withSchedule((call, schedule) => ok({ schedule: showSchedule(call, schedule) })),
  },
  {
    ...get,
    path: `${schedulePath}/:id/holidays`,
    handle: withSchedule((_call, { holidays }) => ok({ holidays })),
  },
  {
    ...get,
    path: `${schedulePath}/:id/holidays/:holidayId`,
    handle: withSchedule((call, { holidays }) => {
      const holiday = holidays.find(({ id }) => id === idParam(call, 'holidayId'));
      return holiday === undefined ? notFound() : ok({ holiday });
    }),
  },
  {
    ...get,
    path: '/queues',
    role: 'admin',
    handle: (call) => ok({ queues: call.account.queues.list().map((queue) => showQueue(call, queue)) }),
  },
  { ...get, path: '/queues/:id', role: 'admin', handle: showOneQueue },
  { ...get, path: '/slas/policies', role: 'admin', handle: listPolicies },
  { ...get, path: '/slas/policies/:id', role: 'admin', handle: showOnePolicy },
];
