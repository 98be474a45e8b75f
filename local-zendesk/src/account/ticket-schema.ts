// Declares ticket fields, forms and statuses.

export type TicketFieldType =
  | 'subject'
  | 'description'
  | 'status'
  | 'custom_status'
  | 'tickettype'
  | 'priority'
  | 'group'
  | 'assignee'
  | 'text'
  | 'textarea'
  | 'checkbox'
  | 'date'
  | 'integer'
  | 'decimal'
  | 'regexp'
  | 'partialcreditcard'
  | 'multiselect'
  | 'tagger'
  | 'lookup';

export interface TicketFieldOption {
  id: number;
  name: string;
  value: string;
  position: number;
}

export interface TicketField {
  id: number;
  type: TicketFieldType;
  title: string;
  description: string;
  active: boolean;
  /** Needed before an agent (or the API) may solve a ticket. */
  required: boolean;
  position: number;
  /** The tag which a ticked checkbox puts on the ticket. */
  tag: string | null;
  regexp_for_validation: string | null;
  removable: boolean;
  visible_in_portal: boolean;
  editable_in_portal: boolean;
  required_in_portal: boolean;
  custom_field_options: readonly TicketFieldOption[];
  created_at: string;
  updated_at: string;
}

export interface TicketFieldInput {
  type?: TicketFieldType | undefined;
  title?: string | undefined;
  description?: string | undefined;
  active?: boolean | undefined;
  required?: boolean | undefined;
  position?: number | undefined;
  tag?: string | null | undefined;
  regexp_for_validation?: string | null | undefined;
  visible_in_portal?: boolean | undefined;
  editable_in_portal?: boolean | undefined;
  required_in_portal?: boolean | undefined;
  /** A PUT replaces the whole list: omitted options are deleted, as Zendesk does. */
  custom_field_options?: readonly { name: string; value: string }[] | undefined;
}

export type StatusCategory = 'new' | 'open' | 'pending' | 'hold' | 'solved';

export interface CustomStatus {
  id: number;
  status_category: StatusCategory;
  agent_label: string;
  end_user_label: string;
  description: string | null;
  end_user_description: string | null;
  active: boolean;
  default: boolean;
  created_at: string;
  updated_at: string;
}

export interface CustomStatusInput {
  status_category?: StatusCategory | undefined;
  agent_label?: string | undefined;
  end_user_label?: string | undefined;
  description?: string | null | undefined;
  end_user_description?: string | null | undefined;
  active?: boolean | undefined;
}

export interface TicketForm {
  id: number;
  name: string;
  display_name: string;
  active: boolean;
  default: boolean;
  end_user_visible: boolean;
  position: number;
  ticket_field_ids: readonly number[];
  created_at: string;
  updated_at: string;
}
