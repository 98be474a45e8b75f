// Reads the secrets of tools from the environment: TOOL_SECRET_SHOP is the secret "shop" of the policy.
import { z } from 'zod';

const PREFIX = 'TOOL_SECRET_';

/** The settings of secrets that the environment has, whether given directly or by a file. */
export function toolSecretSettings(env: NodeJS.ProcessEnv): string[] {
  const names = Object.keys(env).filter((name) => env[name] && name.startsWith(PREFIX));
  return [...new Set(names.map((name) => name.replace(/_FILE$/, '')))];
}

/** By the name in the policy. Messages never show a value. */
export const toolSecrets = z.record(z.string(), z.string().optional()).transform(
  (env, context): Readonly<Record<string, string>> =>
    Object.fromEntries(
      toolSecretSettings(env).flatMap((name) => {
        const value = env[name]?.trim() ?? '';
        if (!/^TOOL_SECRET_[A-Z][A-Z0-9_]{0,39}$/.test(name))
          context.addIssue(
            `${name} is not a valid setting: after ${PREFIX} it must have the name of the secret in A to Z, digits and _.`,
          );
        else if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value))
          context.addIssue(`${name} cannot be used in a header: it must be one line of ASCII characters.`);
        return [[name.slice(PREFIX.length).toLowerCase(), value]];
      }),
    ),
);
