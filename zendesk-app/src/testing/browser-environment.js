// Runs component tests in jsdom, with what browsers have and jsdom lacks.
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
      // Adds styles rule by rule, as in a browser; otherwise jsdom parses all of them again for each component.
      SC_DISABLE_SPEEDY: false,
      // Garden calls it at import.
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
    const { HTMLDialogElement, Event } = this.global;
    // jsdom 26 has the element without its methods.
    Object.assign(HTMLDialogElement.prototype, {
      showModal() {
        this.open = true;
      },
      close() {
        this.open = false;
        this.dispatchEvent(new Event('close'));
      },
    });
  }
}
