// Checks the requirements of an app.

import { isObject, type Json } from '../package/parse-manifest.ts';
import { type PackageFiles, textOf } from '../package/read-package.ts';

const MOST = 5_000;
const TYPES = [
  'automations',
  'channel_integrations',
  'custom_objects',
  'custom_objects_v2',
  'macros',
  'organization_fields',
  'targets',
  'ticket_fields',
  'triggers',
  'user_fields',
  'views',
  'webhooks',
];

export function checkRequirements(manifest: Json, files: PackageFiles): readonly string[] {
  const text = textOf(files, 'requirements.json');
  if (text === null) return manifest['requirementsOnly'] === true ? ['Could not find requirements.json'] : [];
  if (manifest['marketingOnly'] === true) {
    return ['App requirements are not supported for marketing-only or Chat-only apps'];
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return [`requirements.json is not proper JSON. ${error instanceof Error ? error.message : String(error)}`];
  }
  if (!isObject(json)) return ['requirements.json is not proper JSON. It must be an object.'];
  return [...checkTypes(json), ...checkCount(json)];
}

function checkTypes(json: Json): readonly string[] {
  const wrong = Object.keys(json).filter((type) => !TYPES.includes(type));
  if (wrong.length === 0) return [];
  return [
    `requirements.json contains ${wrong.length === 1 ? 'an invalid type' : 'invalid types'}: ${wrong.join(', ')}`,
  ];
}

function checkCount(json: Json): readonly string[] {
  const count = Object.values(json)
    .map((kind) => (isObject(kind) ? Object.keys(kind).length : 0))
    .reduce((sum, one) => sum + one, 0);
  if (count <= MOST) return [];
  return [
    `The requirements.json file contains too many requirements. The current limit is ${MOST} requirements. This app has ${count} requirements.`,
  ];
}
