// Declares the operations on business rules.
import type { Actor } from './actor.ts';
import type { Result } from './result.ts';
import type {
  Automation,
  AutomationInput,
  Conditions,
  Macro,
  MacroInput,
  Trigger,
  TriggerInput,
  View,
  ViewInput,
  ViewOutput,
} from './rules.ts';
import type { Ticket } from './types.ts';

export interface Views {
  create: (input: ViewInput, by: Actor) => Result<View>;
  update: (id: number, input: ViewInput, by: Actor) => Result<View>;
  delete: (id: number, by: Actor) => Result<View>;
  find: (id: number) => View | undefined;
  /** By position. */
  list: () => readonly View[];
  /** The tickets of the view in its own order, or in the one given. `viewerId` answers `current_user`. */
  tickets: (
    view: { conditions: Conditions; output: ViewOutput },
    options?: { viewerId?: number; sort_by?: string | undefined; sort_order?: 'asc' | 'desc' | undefined },
  ) => readonly Ticket[];
}

export interface Triggers {
  create: (input: TriggerInput, by: Actor) => Result<Trigger>;
  update: (id: number, input: TriggerInput, by: Actor) => Result<Trigger>;
  delete: (id: number, by: Actor) => Result<Trigger>;
  reorder: (ids: readonly number[], by: Actor) => Result<readonly Trigger[]>;
  find: (id: number) => Trigger | undefined;
  /** By position: the order in which they run. */
  list: () => readonly Trigger[];
}

export interface Automations {
  create: (input: AutomationInput, by: Actor) => Result<Automation>;
  update: (id: number, input: AutomationInput, by: Actor) => Result<Automation>;
  delete: (id: number, by: Actor) => Result<Automation>;
  find: (id: number) => Automation | undefined;
  /** By position. */
  list: () => readonly Automation[];
}

export interface Macros {
  create: (input: MacroInput, by: Actor) => Result<Macro>;
  update: (id: number, input: MacroInput, by: Actor) => Result<Macro>;
  delete: (id: number, by: Actor) => Result<Macro>;
  find: (id: number) => Macro | undefined;
  list: () => readonly Macro[];
}
