// Declares conditions, actions, views, triggers and macros.

export interface Condition {
  field: string;
  operator: string;
  value: string | readonly string[] | null;
}

export interface Conditions {
  all: readonly Condition[];
  any: readonly Condition[];
}

export interface RuleAction {
  field: string;
  value: string | readonly string[] | null;
}

interface Restriction {
  type: 'Group' | 'User';
  id: number;
  ids?: readonly number[];
}

/** Stored the way it is written (`output`); the HTTP layer prints it the way Zendesk reads it (`execution`). */
export interface ViewOutput {
  columns: readonly string[];
  group_by: string | null;
  group_order: 'asc' | 'desc';
  sort_by: string | null;
  sort_order: 'asc' | 'desc';
}

export interface View {
  id: number;
  title: string;
  description: string | null;
  active: boolean;
  default: boolean;
  position: number;
  conditions: Conditions;
  output: ViewOutput;
  restriction: Restriction | null;
  created_at: string;
  updated_at: string;
}

export interface ViewInput {
  title?: string | undefined;
  description?: string | null | undefined;
  active?: boolean | undefined;
  position?: number | undefined;
  all?: readonly Condition[] | undefined;
  any?: readonly Condition[] | undefined;
  /** Replaced as a whole: omitted keys get Zendesk's default (whether Zendesk merges is undocumented). */
  output?:
    | {
        columns?: readonly (string | number)[] | undefined;
        group_by?: string | null | undefined;
        group_order?: 'asc' | 'desc' | undefined;
        sort_by?: string | null | undefined;
        sort_order?: 'asc' | 'desc' | undefined;
      }
    | undefined;
  restriction?: Restriction | null | undefined;
}

export interface Trigger {
  id: number;
  title: string;
  description: string | null;
  active: boolean;
  default: boolean;
  position: number;
  category_id: string | null;
  conditions: Conditions;
  actions: readonly RuleAction[];
  created_at: string;
  updated_at: string;
}

export interface TriggerInput {
  title?: string | undefined;
  description?: string | null | undefined;
  active?: boolean | undefined;
  position?: number | undefined;
  category_id?: string | null | undefined;
  conditions?: { all?: readonly Condition[] | undefined; any?: readonly Condition[] | undefined } | undefined;
  actions?: readonly RuleAction[] | undefined;
}

/** What happens to tickets by time alone. */
export interface Automation {
  id: number;
  title: string;
  active: boolean;
  default: boolean;
  position: number;
  conditions: Conditions;
  actions: readonly RuleAction[];
  created_at: string;
  updated_at: string;
}

export type AutomationInput = Omit<TriggerInput, 'description' | 'category_id'>;

export interface Macro {
  id: number;
  title: string;
  description: string | null;
  active: boolean;
  position: number;
  actions: readonly RuleAction[];
  restriction: Restriction | null;
  created_at: string;
  updated_at: string;
}

export interface MacroInput {
  title?: string | undefined;
  description?: string | null | undefined;
  active?: boolean | undefined;
  position?: number | undefined;
  actions?: readonly RuleAction[] | undefined;
  restriction?: Restriction | null | undefined;
}
