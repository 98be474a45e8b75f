// What others may use: suggesting triggers from labelled tickets, and writing them into a policy file.
export type { LabelledTicket } from './gather-labels.ts';
export type { Retirement } from './judge-triggers.ts';
export type { Catches, Measured } from './measure-policy.ts';
export { freeId, toId } from './name-categories.ts';
export { type Suggestion, suggest } from './suggest.ts';
export { editPolicyText, LayoutTooRare } from './write-into-file/edit-policy-text.ts';
export { type PolicyFile, splitEdits, toEdits } from './write-into-file/to-edits.ts';
export { scalar } from './write-into-file/write-yaml.ts';
