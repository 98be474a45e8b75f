// Exports what composes customers' messages: apart, because whoever uses it needs nothing else of the local Zendesk.
export { createRandom } from './random.ts';
export { composeMessage } from './seed/compose-message.ts';
