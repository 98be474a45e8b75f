// What others may use: beginning a policy from what an account has.
export { type AccountStart, startFromAccount } from './start-from-account.ts';
