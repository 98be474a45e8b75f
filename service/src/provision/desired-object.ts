// Declares what the account should have.
import type { ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import type { Values } from './plan.ts';

export interface DesiredObject {
  key: string;
  kind: ObjectKind;
  name: string;
  /**
   * `use`: it must exist, and somebody else's will do. `own`: it must be ours. `take`: somebody else's becomes ours, as only this service
   * can need it. `part`: it must exist; of somebody else's we set a part, and one that we made is ours.
   */
  how: 'use' | 'own' | 'take' | 'part';
  /** What it should have, given what it has; `current` null: it is to be created. `isOurs`: we made it (matters to `part`). */
  want: (current: Values | null, isOurs?: boolean) => Values;
  /** Whether somebody else's object stands for it. */
  matches: (raw: RawObject) => boolean;
  /** Why it cannot be told which object is meant, or why a missing one is not made. */
  problem?: { verdict: 'missing' | 'ambiguous'; message: string } | null;
  /** Tags that no other field may use. */
  tags?: readonly string[];
  /** False: deviations are reported, never changed. */
  enforce: boolean;
}

export interface DesiredState {
  objects: DesiredObject[];
  /** Keys about which nothing can be said now, and why: what we have there stays. */
  unknown: { key: string; reason: string }[];
}
