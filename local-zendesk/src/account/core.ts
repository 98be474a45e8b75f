// Holds what all parts of an account share: time, ids, secrets and the admin log.
import { randomBytes } from 'node:crypto';
import type { AuditLog } from './access.ts';
import type { Actor, Clock } from './actor.ts';
import { isoSeconds } from './values.ts';

interface LogEntry {
  action: AuditLog['action'];
  source_type: string;
  source_id: number;
  source_label: string;
  change_description?: string;
}

export interface Core {
  clock: Clock;
  /** Ids of everything but tickets: large, rising, shared by all kinds, so that mixing kinds up is noticed. */
  nextId: () => number;
  /** Epoch milliseconds at which the actor acts. */
  at: (by: Actor) => number;
  /** The same, as Zendesk prints it. */
  stamp: (by: Actor) => string;
  secret: (bytes: number) => string;
  log: (by: Actor, entry: LogEntry) => void;
  logged: AuditLog[];
}

// Zendesk's own ids have 11 to 13 digits: too large for 32 bits, small enough for a JSON number.
const FIRST_ID = 9_100_000_000_001;

export function createCore(clock: Clock, bytes: (length: number) => Uint8Array = randomBytes): Core {
  let lastId = FIRST_ID - 1;
  const logged: AuditLog[] = [];
  const at = (by: Actor): number => by.at ?? clock.now();
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  return {
    clock,
    nextId,
    at,
    stamp: (by) => isoSeconds(at(by)),
    secret: (length) => Buffer.from(bytes(length)).toString('base64url'),
    log: (by, entry) => {
      logged.push({
        id: nextId(),
        actor_id: by.id,
        change_description: '',
        ...entry,
        created_at: isoSeconds(at(by)),
      });
    },
    logged,
  };
}
