// Names what a process does: web, worker or both.

/** `web` takes webhooks and shows pages, `worker` decides and acts, `all` does both. */
export type Role = 'all' | 'web' | 'worker';
