// Answers an app's calls about its own frame, other instances and the workspace.
import { ApiError, type ApiPart, found, walk } from '../host/api.ts';
import { asText } from '../host/as-text.ts';
import type { Instance } from '../host/instance.ts';
import { asRecord } from '../host/wire.ts';
import type { NoticeKind } from '../ui/notify.ts';
import { modalUrl, openModal } from './modal.ts';
import type { OpenFrameDeps } from './open-frame.ts';
import { sizeOf } from './size.ts';

export interface FramePartDeps {
  /** A function, because the host is created from its parts. */
  frames: () => OpenFrameDeps;
  notify: (message: string, kind: NoticeKind, options: { sticky: boolean }) => void;
  /** Opens another page of the workspace. @throws ApiError for pages that it does not have. */
  routeTo: (args: readonly unknown[]) => void;
}

/** `assetURL:logo.png` is the URL of that file of the app's package. */
const ASSET = 'assetURL:';
const KINDS: readonly NoticeKind[] = ['notice', 'alert', 'error'];

export function framePart({ frames, notify, routeTo }: FramePartDeps): ApiPart {
  const instancesOf = (target: Instance) =>
    frames()
      .host.instances()
      .filter(({ frame }) => frame.installationId === target.frame.installationId);

  const create = (command: unknown, target: Instance) => {
    const { location, url, size } = asRecord(command) ?? {};
    if (location !== 'modal' || typeof url !== 'string') {
      throw new ApiError('An instance needs {location: "modal", url}.');
    }
    const address = modalUrl(url, target.frame);
    if (address === null) throw new ApiError(`"${url}" is no address of a page.`);
    return [frames().contextOf(openModal(frames(), target, address, sizeOf(size)))];
  };

  return {
    get: (path, target) => {
      if (path.startsWith(ASSET)) return found(target.frame.assetsUrl + path.slice(ASSET.length));
      const [root, guid, ...rest] = path.split('.');
      if (root !== 'instances') return undefined;
      const contexts = Object.fromEntries(instancesOf(target).map((one) => [one.guid, frames().contextOf(one)]));
      return walk(contexts, guid === undefined ? [] : [guid, ...rest]);
    },
    invoke: (path, args, target) => {
      switch (path) {
        case 'resize':
          target.place.resize(sizeOf(args[0]));
          return found(null);
        case 'app.hide':
        case 'hide':
        case 'app.show':
        case 'show':
          target.place.setVisible(path.endsWith('show'));
          return found(null);
        case 'popover':
          return popover(args[0], target);
        case 'app.close':
          return target.place.popover === undefined ? destroy(target) : popover('hide', target);
        case 'destroy':
          return destroy(target);
        case 'instances.create':
          return found(create(args[0], target));
        case 'notify':
          notify(asText(args[0]), KINDS.find((kind) => kind === args[1]) ?? 'notice', {
            sticky: asRecord(args[2])?.['sticky'] === true,
          });
          return found(null);
        case 'routeTo':
          routeTo(args);
          return found(null);
        // The framework's click statistics, and a hint that needs no answer here.
        case 'track':
        case 'preloadPane':
          return found(null);
        default:
          return undefined;
      }
    },
  };
}

function destroy(target: Instance) {
  if (target.place.destroy === undefined) return undefined;
  target.place.destroy();
  return found(null);
}

/** `show`, `hide`, `toggle` (the default), or a size. */
function popover(command: unknown, target: Instance) {
  if (target.place.popover === undefined) return undefined;
  if (asRecord(command) !== null) target.place.resize(sizeOf(command));
  else target.place.popover(command === 'show' || command === 'hide' ? command : 'toggle');
  return found(null);
}
