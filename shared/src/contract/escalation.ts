// Declares how the card shows an escalation or hand-off that an agent made.
import type { Instant } from './instant.ts';

export interface Escalation {
  readonly id: number;
  /** `back`: to a tier that had the ticket before. */
  readonly how: 'up' | 'back' | 'hand_off';
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly at: Instant;
  /** What the agent filled in, by field label. */
  readonly said: readonly { readonly label: string; readonly text: string }[];
}
