// What does this process do?

/** `web` takes webhooks and shows pages, `worker` decides and acts, `all` does both. */
export type Role = 'all' | 'web' | 'worker';
