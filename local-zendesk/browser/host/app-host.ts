// Connects the workspace with the apps in their frames.

import { answerCall } from './answer-call.ts';
import { type ApiPart } from './api.ts';
import { type Instance, type InstanceContext, isPane } from './instance.ts';
import { type AppMessage, type Call, readMessage } from './wire.ts';

export interface AppHost {
  add(instance: Instance): void;
  remove(instance: Instance): void;
  instances(): readonly Instance[];
  find(guid: string): Instance | undefined;
  /** Sends an event to those of these instances (all by default) that listen to it. */
  fire(event: string, data?: unknown, of?: (instance: Instance) => boolean): void;
  listens(instance: Instance, event: string): boolean;
  /** Calls a hook of one app; resolves with its objection, or undefined. */
  ask(instance: Instance, event: string): Promise<unknown>;
}

export interface AppHostDeps {
  parts: readonly ApiPart[];
  contextOf: (instance: Instance) => InstanceContext;
  /** Runs `client.request` and gives `done` or `fail` with jQuery's arguments. */
  request: (instance: Instance, options: unknown) => Promise<{ outcome: 'done' | 'fail'; responseArgs: unknown[] }>;
}

/** Also sent when an app subscribes, since these events may have happened before. */
const LIFE = new Set(['app.created', 'app.activated', 'pane.activated']);

/** Listens to the window's messages and accepts those of known frames with their own origin only. */
export function createAppHost({ parts, contextOf, request }: AppHostDeps): AppHost {
  const instances = new Map<string, Instance>();
  const questions = new Map<string, (problem: unknown) => void>();
  const notified = new Set<string>();

  const post = (to: Instance, message: object) => to.iframe.contentWindow?.postMessage(message, to.origin);
  const tell = (listener: Instance, about: Instance, event: string, data: unknown) => {
    // An app's client knows its other instances by guid, and itself without.
    const elsewhere = listener === about ? {} : { instanceGuid: about.guid };
    post(listener, { key: `zaf.${event}`, message: data, ...elsewhere });
  };
  const fire: AppHost['fire'] = (event, data, of = () => true) => {
    for (const about of [...instances.values()].filter(of)) {
      for (const listener of instances.values()) {
        if (listener.subscriptions.has(`${about.guid} ${event}`)) tell(listener, about, event, data);
      }
    }
  };

  const answer = async (from: Instance, about: Instance | undefined, call: Call) => {
    const error = { name: 'Error', message: 'There is no such instance.' };
    post(from, about === undefined ? { id: call.id, error } : await answerCall(parts, about, call));
  };

  const subscribe = (from: Instance, about: Instance, event: string) => {
    from.subscriptions.add(`${about.guid} ${event}`);
    const first = `${from.guid} ${about.guid} ${event}`;
    if (!LIFE.has(event) || notified.has(first) || !about.active) return;
    if (event.startsWith('pane.') && !isPane(about)) return;
    notified.add(first);
    tell(from, about, event, {});
  };

  const register = (from: Instance) => {
    from.registered = true;
    // A page that reloads registers again.
    from.subscriptions.clear();
    for (const once of notified) if (once.startsWith(`${from.guid} `)) notified.delete(once);
    const { appId, title, installationId, version, settings } = from.frame;
    const metadata = { appId, name: title, installationId, version, settings };
    post(from, { key: 'zaf.app.registered', message: { context: contextOf(from), metadata } });
  };

  const run = async (from: Instance, key: string, options: unknown) => {
    const { outcome, responseArgs } = await request(from, options);
    post(from, { key: `zaf.${key}.${outcome}`, message: { responseArgs } });
  };

  const hear = (from: Instance, message: AppMessage) => {
    const about = aboutWhom(from, message.instanceGuid);
    if (message.kind === 'handshake') return register(from);
    if (message.kind === 'call') return void answer(from, about, message);
    if (about === undefined) return;
    switch (message.kind) {
      case 'on':
        return subscribe(from, about, message.event);
      case 'off':
        if (message.subscribers === 0) from.subscriptions.delete(`${about.guid} ${message.event}`);
        return;
      case 'trigger':
        return fire(message.event, message.data, (one) => one === about);
      case 'request':
        return void run(from, message.key, message.options);
      case 'reply': {
        const question = `${from.guid} ${message.event}`;
        questions.get(question)?.(message.problem);
        questions.delete(question);
      }
    }
  };

  /** An app may act for itself and for its other instances. */
  const aboutWhom = (from: Instance, guid: string | null): Instance | undefined => {
    const about = guid === null ? from : instances.get(guid);
    return about?.frame.installationId === from.frame.installationId ? about : undefined;
  };

  window.addEventListener('message', (event) => {
    const from = [...instances.values()].find(({ iframe }) => iframe.contentWindow === event.source);
    if (from === undefined || event.origin !== from.origin) return;
    const message = readMessage(event.data);
    if (message !== null) hear(from, message);
  });

  return {
    add: (instance) => void instances.set(instance.guid, instance),
    remove: (instance) => void instances.delete(instance.guid),
    instances: () => [...instances.values()],
    find: (guid) => instances.get(guid),
    fire,
    listens: (instance, event) => instance.subscriptions.has(`${instance.guid} ${event}`),
    ask: (instance, event) =>
      new Promise((resolve) => {
        questions.set(`${instance.guid} ${event}`, resolve);
        post(instance, { key: `zaf.${event}`, needsReply: true });
      }),
  };
}
