// Fake frames of apps of the workspace, for tests.
import type { AppFrame, AppFrames, ProxyAnswer, ProxyRequest } from '../apps/types.ts';

export interface SomeFrames extends AppFrames {
  /** What was signed, newest last. */
  signed: { frame: AppFrame; agentId: number; context: Readonly<Record<string, unknown>> }[];
  /** What was asked of the proxy, newest last. */
  proxied: { installationId: number; request: ProxyRequest }[];
  /** What the proxy answers from now on. */
  answerWith(answer: Partial<ProxyAnswer>): void;
}

export function aFrame(given: Partial<AppFrame> & { url: string }): AppFrame {
  return {
    appId: 77,
    installationId: 770,
    title: 'Test app',
    version: '1.2.3',
    location: 'ticket_sidebar',
    signed: false,
    flexible: false,
    autoLoad: true,
    autoHide: false,
    size: null,
    settings: { name: 'Test app', color: 'green' },
    iconUrl: null,
    assetsUrl: 'http://localhost/app-assets/770/assets/',
    ...given,
  };
}

/** Everybody sees all frames; the unsigned token names the agent. */
export function someFrames(frames: () => readonly AppFrame[]): SomeFrames {
  const signed: SomeFrames['signed'] = [];
  const proxied: SomeFrames['proxied'] = [];
  let answer: ProxyAnswer = { status: 200, statusText: 'OK', headers: {}, body: '' };
  return {
    signed,
    proxied,
    answerWith: (given) => {
      answer = { ...answer, ...given };
    },
    at: (location) => frames().filter((frame) => frame.location === location),
    sign: (frame, agent, context) => {
      signed.push({ frame, agentId: agent.id, context });
      return Promise.resolve(`token-of-${agent.id}`);
    },
    proxy: (installationId, request) => {
      proxied.push({ installationId, request });
      return Promise.resolve(answer);
    },
  };
}
