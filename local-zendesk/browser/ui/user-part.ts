// Answers what an app can read about the agent, the account, the screen and the page's user.
import { type ApiPart, found, walk } from '../host/api.ts';
import type { PageData } from '../page-data.d.ts';
import type { ColorScheme } from './color-scheme.ts';

export function userPart(data: () => PageData, scheme: ColorScheme): ApiPart {
  return {
    get: (path, target) => {
      const [root, ...names] = path.split('.');
      switch (root) {
        case 'currentUser':
          return walk(data().agent, names);
        case 'currentAccount':
          return walk(data().account, names);
        case 'user':
        case 'organization':
          return target.location === `${root}_sidebar` ? walk(data()[root], names) : undefined;
        case 'colorScheme':
          return names.length === 0 ? found(scheme.current()) : undefined;
        case 'viewport':
          return walk({ size: { width: window.innerWidth, height: window.innerHeight } }, names);
        default:
          return undefined;
      }
    },
  };
}
