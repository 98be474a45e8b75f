// What others may use: beginning a policy from what an account has.
export { startFromAccount } from './start-from-account.ts';
