// Stores business hours, SLA policies and omnichannel queues.
import type { Actor } from './actor.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import type { Conditions } from './rules.ts';

export interface Schedule {
  id: number;
  name: string;
  time_zone: string;
  /** Minutes since Sunday 00:00 in the schedule's own time zone. */
  intervals: readonly { start_time: number; end_time: number }[];
  holidays: readonly { id: number; name: string; start_date: string; end_date: string }[];
  created_at: string;
  updated_at: string;
}

export interface SlaPolicy {
  id: number;
  title: string;
  description: string;
  position: number;
  filter: Conditions;
  /** `target` in minutes. */
  policy_metrics: readonly { priority: string; metric: string; target: number; business_hours: boolean }[];
  created_at: string;
  updated_at: string;
}

/** An omnichannel routing queue: it hands out tickets of its groups. */
export interface Queue {
  id: number;
  name: string;
  description: string;
  order: number;
  priority: number;
  definition: Conditions;
  primary_group_ids: readonly number[];
  secondary_group_ids: readonly number[];
  created_at: string;
  updated_at: string;
}

type Made<T> = Omit<T, 'id' | 'created_at' | 'updated_at'>;

/** Set up by seeds and tests; over HTTP they are only read. */
export interface Kept<T> {
  create: (input: Made<T>, by: Actor) => T;
  find: (id: number) => T | undefined;
  list: () => readonly T[];
}

function keep<T extends { id: number }>(core: Core, kind: string, label: (item: T) => string): Kept<T> {
  const records = createRecordStore<T>(core, kind, label);
  return {
    create: (input, by) => {
      const at = core.stamp(by);
      return records.add({ ...input, id: core.nextId(), created_at: at, updated_at: at } as unknown as T, by);
    },
    find: records.find,
    list: records.list,
  };
}

export const createSchedules = (core: Core): Kept<Schedule> => keep(core, 'schedule', ({ name }) => name);
export const createQueues = (core: Core): Kept<Queue> => keep(core, 'queue', ({ name }) => name);
export const createSlaPolicies = (core: Core): Kept<SlaPolicy> => keep(core, 'sla_policy', ({ title }) => title);
