// Lists Zendesk's limits for single endpoints.
import type { Call } from '../call.ts';
import type { Bucket, LimitNumbers } from './limits.ts';

const MINUTE = 60_000;

export const accountBucket = (numbers: LimitNumbers): Bucket => ({
  key: 'account',
  total: numbers.account,
  windowMs: MINUTE,
});

export const webhookBucket = (numbers: LimitNumbers): Bucket => ({
  key: 'webhooks',
  total: numbers.webhooks,
  windowMs: MINUTE,
  isPlain: true,
});

/** 100 a minute for the account, and 30 in ten minutes by one user on one ticket. */
export const ticketUpdateBuckets = ({ limits, caller, params }: Call): readonly Bucket[] => [
  { key: 'tickets-update', header: 'tickets-update', total: limits.numbers.ticketUpdates, windowMs: MINUTE },
  {
    key: `ticket-update/${params['id']}/${caller.user?.id}`,
    header: 'per-ticket-updates',
    total: limits.numbers.ticketUpdatesPerTicket,
    windowMs: 10 * MINUTE,
  },
];

export const ticketDeleteBuckets = ({ limits }: Call): readonly Bucket[] => [
  { key: 'tickets-delete', header: 'tickets-delete', total: limits.numbers.ticketDeletes, windowMs: MINUTE },
];

export const incrementalBuckets = ({ limits }: Call): readonly Bucket[] => [
  { key: 'incremental', header: 'incremental-exports', total: limits.numbers.incremental, windowMs: MINUTE },
];

/** Per view and agent; `what` keeps executing, counting and previewing apart. */
export const viewRunBuckets =
  (what: 'execute' | 'count' | 'preview') =>
  ({ limits, caller, params }: Call): readonly Bucket[] => [
    {
      key: `view-${what}/${params['id'] ?? ''}/${caller.user?.id}`,
      header: `view-${what}`,
      total: limits.numbers.viewRuns,
      windowMs: MINUTE,
      envelope: 'errors',
    },
  ];

export const viewCountManyBuckets = ({ limits, caller }: Call): readonly Bucket[] => [
  {
    key: `view-count-many/${caller.user?.id}`,
    header: 'view-count-many',
    total: limits.numbers.viewCountMany,
    windowMs: MINUTE,
    envelope: 'errors',
  },
];

export const searchExportBuckets = ({ limits }: Call): readonly Bucket[] => [
  { key: 'search-export', header: 'search-export', total: limits.numbers.searchExport, windowMs: MINUTE },
];

export const userUpdateBuckets = ({ limits, params, body }: Call): readonly Bucket[] => [
  {
    key: `user-update/${params['id'] ?? JSON.stringify(body)}`,
    header: 'users-update',
    total: limits.numbers.userUpdates,
    windowMs: MINUTE,
  },
];

const DEEP_PAGE = 500;

/** Every page of the list of tickets counts; beyond page 500 there is a narrower limit. */
export const ticketIndexBuckets = ({ limits: { numbers }, query }: Call): readonly Bucket[] => {
  const isDeep = Number(query.get('page') ?? 1) > DEEP_PAGE;
  const total = isDeep ? numbers.deepTicketPages : numbers.ticketPages;
  return [{ key: isDeep ? 'tickets-index-deep' : 'tickets-index', header: 'tickets-index', total, windowMs: MINUTE }];
};

export const tagIndexBuckets = ({ limits }: Call): readonly Bucket[] => [
  { key: 'tags-index', header: 'tags-index', total: limits.numbers.tagPages, windowMs: MINUTE },
];
