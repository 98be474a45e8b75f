// Declares the operations on ticket fields, forms and custom statuses.
import type { Actor } from './actor.ts';
import type { Result } from './result.ts';
import type {
  CustomStatus,
  CustomStatusInput,
  StatusCategory,
  TicketField,
  TicketFieldInput,
  TicketForm,
} from './ticket-schema.ts';

export interface TicketFields {
  create: (input: TicketFieldInput, by: Actor) => Result<TicketField>;
  update: (id: number, input: TicketFieldInput, by: Actor) => Result<TicketField>;
  delete: (id: number, by: Actor) => Result<TicketField>;
  find: (id: number) => TicketField | undefined;
  /** By position, system fields first. */
  list: () => readonly TicketField[];
}

export interface TicketForms {
  find: (id: number) => TicketForm | undefined;
  list: () => readonly TicketForm[];
}

export interface CustomStatuses {
  create: (input: CustomStatusInput, by: Actor) => Result<CustomStatus>;
  update: (id: number, input: CustomStatusInput, by: Actor) => Result<CustomStatus>;
  delete: (id: number, by: Actor) => Result<CustomStatus>;
  find: (id: number) => CustomStatus | undefined;
  defaultFor: (category: StatusCategory) => CustomStatus;
  list: () => readonly CustomStatus[];
}
