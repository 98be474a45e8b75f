// What others may use: beginning a policy from what an account has, and comparing one with it.
export { checkAgainstAccount } from './check-against-account.ts';
export { startFromAccount } from './start-from-account.ts';
