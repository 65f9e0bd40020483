// Lints every diagram below a folder by the rules of Camunda's modeler for the version that the diagram names, and
// by bpmnlint's recommended rules. Usage: node lint.mjs [FOLDER]
import { register } from 'node:module';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

register('./hooks.mjs', import.meta.url);

const require = createRequire(import.meta.url);
const { Linter: CamundaLinter } = await import('@camunda/linting');
const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
const { BpmnModdle } = await import('bpmn-moddle');

const PLATFORM = 'Camunda Cloud';
const VERSION = '8.5.0';
const moddle = new BpmnModdle({
  modeler: require('modeler-moddle/resources/modeler.json'),
  zeebe: require('zeebe-bpmn-moddle/resources/zeebe.json'),
});
// One per diagram: some rules keep what they have seen.
const linters = () => ({
  camunda: new CamundaLinter({ type: 'cloud' }),
  recommended: new Linter({
    config: { extends: 'bpmnlint:recommended' },
    resolver: new NodeResolver({ require }),
  }),
});

async function diagrams(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.bpmn'))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/[\\/](node_modules|target)[\\/]/.test(file))
    .sort();
}

async function findings(file) {
  const { rootElement, elementsById, warnings } = await moddle.fromXML(await readFile(file, 'utf8'));
  const { camunda, recommended } = linters();
  const found = warnings.map(({ message }) => ({ category: 'error', rule: 'xml', message }));
  // Without these two Camunda's linter finds nothing, whatever there is to find.
  if (
    rootElement.get('modeler:executionPlatform') !== PLATFORM ||
    rootElement.get('modeler:executionPlatformVersion') !== VERSION
  ) {
    found.push({
      category: 'error',
      rule: 'platform',
      message: `must be made for modeler:executionPlatform ${PLATFORM} ${VERSION}`,
    });
  }
  found.push(...(await camunda.lint(rootElement)));
  for (const [rule, reports] of Object.entries(await recommended.lint(rootElement))) {
    found.push(...reports.map((report) => ({ ...report, rule })));
  }
  const seen = new Set();
  return found
    .map(({ category, rule, id, message }) => ({
      category: category === 'warn' ? 'warning' : 'error',
      text: `${elementsById[id]?.name ?? id ?? 'the diagram'}: ${message} (${rule})`,
    }))
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

const root = path.resolve(process.argv[2] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
const files = await diagrams(root);
let errors = 0;
for (const file of files) {
  for (const { category, text } of await findings(file)) {
    errors += category === 'error' ? 1 : 0;
    console.log(`${category.toUpperCase()} ${path.relative(root, file)}: ${text}`);
  }
}
if (files.length === 0) {
  console.error(`There is no .bpmn file below ${root}.`);
  process.exit(1);
}
console.log(`${files.length} diagram(s) linted, ${errors} error(s).`);
process.exit(errors > 0 ? 1 : 0);
