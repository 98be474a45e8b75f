// Finds the view that the policy names. Pure.
import { nearestSpelling } from '@deskwright/shared';
import type { RawObject } from '../zendesk/account-objects.ts';
import type { ManagedView } from './view-order.ts';

type FoundView =
  | { found: 'one'; view: RawObject }
  /** `message` says what is wrong and what to do. `isElsewhere`: what is meant exists, switched off or spelled otherwise. */
  | { found: 'missing'; isElsewhere: boolean; message: string }
  | { found: 'ambiguous'; message: string };

/** The name of a managed view in records: its title, or else its id. */
export const nameOfView = (managed: ManagedView): string => managed.title ?? `#${managed.id}`;

export const isNamed = (managed: ManagedView, view: RawObject): boolean =>
  managed.id === undefined ? view['title'] === managed.title : view.id === managed.id;

const isActive = (view: RawObject): boolean => view['active'] !== false;

/** By id if given, otherwise by exact title among the active views. */
export function findView(managed: ManagedView, views: readonly RawObject[]): FoundView {
  const named = managed.id === undefined ? `named "${managed.title}"` : `with id ${managed.id}`;
  const candidates = views.filter((view) => isNamed(managed, view));
  const active = candidates.filter(isActive);
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
      isElsewhere: true,
      message: `The view ${named} is inactive in Zendesk. Activate it, or remove it from the policy.`,
    };
  const titles = views.filter(isActive).map(({ title }) => String(title));
  const nearest = managed.title === undefined ? undefined : nearestSpelling(managed.title, titles);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return {
    found: 'missing',
    isElsewhere: titles.some((title) => plain(title) === plain(managed.title ?? '')),
    message: `Zendesk shows our login no view ${named}.${hint} Check the spelling (it is case-sensitive), or share the view with all agents.`,
  };
}

const plain = (title: string): string => title.trim().replace(/\s+/g, ' ').toLowerCase();
