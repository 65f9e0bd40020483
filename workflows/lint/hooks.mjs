// Camunda's linter is published for bundlers: ES modules without "type" and without file endings, JSON as modules,
// and a named import that Node doesn't see in a CommonJS module. These hooks let Node load it as it is.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const LINTER = '/node_modules/@camunda/linting/';
const RULES = 'bpmnlint-plugin-camunda-compat';

export async function resolve(specifier, context, next) {
  if (!context.parentURL?.includes(LINTER)) {
    return next(specifier, context);
  }
  if (specifier === RULES) {
    const { url } = await next(specifier, context);
    return { url: `${url}?named`, shortCircuit: true };
  }
  for (const candidate of [specifier, `${specifier}.js`, `${specifier}.json`, `${specifier}/index.js`]) {
    try {
      return { ...(await next(candidate, context)), importAttributes: {} };
    } catch (problem) {
      if (!['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT'].includes(problem.code)) {
        throw problem;
      }
    }
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (url.endsWith('?named')) {
    const source = `import rules from '${url.slice(0, -'?named'.length)}'; export const { configs } = rules;`;
    return { format: 'module', shortCircuit: true, source };
  }
  if (url.startsWith('file:') && url.endsWith('.json')) {
    const text = await readFile(fileURLToPath(url), 'utf8');
    return { format: 'module', shortCircuit: true, source: `export default ${text}` };
  }
  if (url.includes(LINTER) && url.endsWith('.js')) {
    return next(url, { ...context, format: 'module' });
  }
  return next(url, context);
}
