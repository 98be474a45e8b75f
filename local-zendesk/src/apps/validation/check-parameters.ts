// Checks the parameters in a manifest.
import { isObject, type Json, parametersOf } from '../package/parse-manifest.ts';
import { boolean } from './check-manifest.ts';
import { shown } from './words.ts';

const TYPES = ['text', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'oauth', 'mtls'];
const MOST_OF_A_TYPE: Readonly<Record<string, number>> = { oauth: 1, mtls: 3 };

export function checkParameters(manifest: Json): readonly string[] {
  const given = manifest['parameters'];
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return ['App parameters must be an array.'];
  if (manifest['marketingOnly'] === true) {
    return given.length === 0 ? [] : ["Parameters can't be defined for marketing-only apps"];
  }
  return [
    ...(given.every(isObject) ? [] : ['App parameters must be an array.']),
    ...checkNames(manifest),
    ...checkHidden(manifest),
    ...checkTypes(manifest),
    ...checkCounts(manifest),
  ];
}

/** Duplicates first, then what is no boolean: the validator stops at the first kind it meets. */
function checkNames(manifest: Json): readonly string[] {
  const names = parametersOf(manifest).map(({ name }) => name);
  const doubled = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  const reserved = names.includes('name') ? ["Can't call a parameter 'name'"] : [];
  if (doubled.length > 0) return [`Duplicate app parameters defined: ${JSON.stringify(doubled)}`, ...reserved];
  const raw = (manifest['parameters'] as unknown[]).filter(isObject);
  const notBoolean = ['required', 'secure'].map((field) =>
    raw.flatMap((one) => boolean(`parameters.${shown(one['name'])}.${field}`, one[field])),
  );
  return [...(notBoolean.find((found) => found.length > 0) ?? []), ...reserved];
}

function checkHidden(manifest: Json): readonly string[] {
  const wrong = parametersOf(manifest)
    .filter(({ type, required }) => type === 'hidden' && required)
    .map(({ name }) => name);
  if (wrong.length === 0) return [];
  return [`${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} set to hidden and cannot be required.`];
}

function checkTypes(manifest: Json): readonly string[] {
  const wrong = parametersOf(manifest)
    .map(({ type }) => type)
    .filter((type) => !TYPES.includes(type));
  if (wrong.length === 0) return [];
  const words = wrong.length === 1 ? 'is an invalid parameter type' : 'are invalid parameter types';
  return [`${wrong.join(', ')} ${words}.`];
}

function checkCounts(manifest: Json): readonly string[] {
  const parameters = parametersOf(manifest);
  const tooMany = Object.entries(MOST_OF_A_TYPE).filter(
    ([type, most]) => parameters.filter((one) => one.type === type).length > most,
  );
  const isSecureOauth = parameters.some(({ type, secure }) => type === 'oauth' && secure);
  return [
    ...tooMany.map(
      ([type, most]) => `Too many parameters with type '${type}': ${most === 1 ? 'one' : 'three'} permitted`,
    ),
    ...(isSecureOauth ? ['oauth parameter cannot be set to be secure.'] : []),
  ];
}
