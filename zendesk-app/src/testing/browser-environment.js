// In which browser do component tests run? jsdom, with what every browser has and jsdom lacks.
import { TestEnvironment } from 'jest-environment-jsdom';

export default class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const { Headers, ReadableStream, Request, Response, TextDecoder, TextDecoderStream, TextEncoder, TransformStream } =
      globalThis;
    Object.assign(this.global, {
      Headers,
      ReadableStream,
      Request,
      Response,
      TextDecoder,
      TextDecoderStream,
      TextEncoder,
      TransformStream,
      // Styles are added rule by rule, as in a browser; otherwise jsdom reads all of them anew for each component.
      SC_DISABLE_SPEEDY: false,
      // Garden asks for it when it is imported.
      matchMedia: (media) => ({
        matches: false,
        media,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }),
      ResizeObserver: class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    });
  }
}
