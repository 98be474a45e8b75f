// Finds the Zendesk view that a policy entry names.
import type { Policy } from '@deskwright/shared';
import type { ZendeskView } from '../zendesk/zendesk.ts';

export type ManagedView = Policy['views'][number];

export type Found =
  | { found: 'one'; view: ZendeskView }
  /** `message` says what is wrong and what to do. */
  | { found: 'missing' | 'ambiguous'; message: string };

/** The name of a managed view in records: its title, or else its id. */
export function nameOfView(managed: ManagedView): string {
  return managed.title ?? `#${managed.id}`;
}

/** By id if given, otherwise by exact title among the active views. */
export function findView(managed: ManagedView, views: readonly ZendeskView[]): Found {
  const named = managed.id === undefined ? `named "${managed.title}"` : `with id ${managed.id}`;
  const candidates = views.filter((view) =>
    managed.id === undefined ? view.title === managed.title : view.id === managed.id,
  );
  const active = candidates.filter((view) => view.active);
  const [view, ...others] = active;
  if (view && others.length === 0) return { found: 'one', view };
  if (view) {
    const ids = active.map((one) => one.id).join(', ');
    return {
      found: 'ambiguous',
      message: `Zendesk has ${active.length} views ${named} (ids ${ids}). Rename one in Zendesk, or write \`id\` instead of \`title\` in the policy.`,
    };
  }
  if (candidates.length > 0)
    return {
      found: 'missing',
      message: `The view ${named} is inactive in Zendesk. Activate it, or remove it from the policy.`,
    };
  return {
    found: 'missing',
    message: `Zendesk shows our login no view ${named}. Check the spelling (it is case-sensitive), or share the view with all agents.`,
  };
}
