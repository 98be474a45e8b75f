// Describes the customer who is asked.

export interface Requester {
  id: number;
  name: string;
  email: string | null;
  role: 'end-user' | 'agent' | 'admin';
  suspended: boolean;
  /** As Zendesk writes it: `en-US`, `de`. */
  locale: string | null;
}
