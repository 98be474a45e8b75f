// Sets up the schedule, SLA policies and support address of Northwind Outdoor.
import type { Account } from '../account/account.ts';
import { expectOk } from '../account/result.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Weekdays from nine to six; counted in minutes from Sunday midnight. */
const WEEKDAYS = [1, 2, 3, 4, 5].map((day) => ({ start_time: day * DAY + 9 * HOUR, end_time: day * DAY + 18 * HOUR }));

export function seedServiceLevels(account: Account, at: number): void {
  const by = { id: account.ownerId, at };
  account.schedules.create(
    { name: 'Support hours', time_zone: 'Eastern Time (US & Canada)', intervals: WEEKDAYS, holidays: [] },
    by,
  );
  account.slaPolicies.create(
    {
      title: 'First answers',
      description: 'Urgent within an hour, all else within a working day.',
      position: 1,
      filter: { all: [{ field: 'status', operator: 'less_than', value: 'solved' }], any: [] },
      policy_metrics: [
        { priority: 'urgent', metric: 'first_reply_time', target: HOUR, business_hours: false },
        { priority: 'normal', metric: 'first_reply_time', target: 9 * HOUR, business_hours: true },
      ],
    },
    by,
  );
  expectOk(
    account.supportAddresses.create({ email: 'support@northwind.test', name: 'Northwind Outdoor', default: true }, by),
  );
}
