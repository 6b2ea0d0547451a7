// The three faults as well as selectors over one file's syntax tree can state them, for TypeScript alone.
// FAREWELL_BENCH_TOOLS names the folder in which the linter's own packages are.
import { createRequire } from 'node:module';

const load = createRequire(`${process.env.FAREWELL_BENCH_TOOLS}/package.json`);
const { parser } = load('typescript-eslint');

const LOGOUT = /(log|sign)_?(out|off)|end_?session|session_?(expired|revoked)|(close|delete)_?account/i;
const RELEASE = /anonymi[sz]e|setIdentity|identify\(|\.reset\(/i;
const REDIRECT = /^(await )?((window\.)?location\.(href|assign|replace)|navigate\(|goto\(|router\.(push|replace|go)\(|navigation\.(reset|replace|navigate)\()/;
const WRONG = /^(FS|FullStory)\('setIdentity', \{ (anonymous: false|uid: null) \}\)/;

/** A rule that is given each node of some kinds, and its text. */
const rule = (kinds, check) => ({
  create(context) {
    const text = (node) => context.sourceCode.getText(node);
    const visit = (node) => check(node, text) && context.report({ node, message: 'fault' });
    return Object.fromEntries(kinds.map((kind) => [kind, visit]));
  },
});

const missing = rule(['FunctionDeclaration', 'MethodDefinition', 'VariableDeclarator'], (node, text) => {
  const name = node.id?.name ?? node.key?.name ?? '';
  return LOGOUT.test(name) && !RELEASE.test(text(node));
});

const after = rule(['ExpressionStatement'], (node, text) => {
  const siblings = node.parent.body;
  if (!Array.isArray(siblings) || !RELEASE.test(text(node))) return false;
  return siblings.slice(0, siblings.indexOf(node)).some((before) => REDIRECT.test(text(before)));
});

const wrong = rule(['CallExpression'], (node, text) => WRONG.test(text(node)));

export default [
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser },
    plugins: {
      farewell: {
        rules: {
          'missing-anonymize': missing,
          'anonymize-after-redirect': after,
          'wrong-anonymize-syntax': wrong,
        },
      },
    },
    rules: {
      'farewell/missing-anonymize': 'warn',
      'farewell/anonymize-after-redirect': 'warn',
      'farewell/wrong-anonymize-syntax': 'warn',
    },
  },
];
