// The official client drives `farewell mcp`: node client.mjs BINARY APPS
// Ends with `N passed, N failed`, and with 1 where something failed.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import Ajv from 'ajv/dist/2020.js';

const [binary, apps] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'farewell-agents-'));
cpSync(apps, folder, { recursive: true });

const client = new Client({ name: 'farewell-agents-test', version: '1.0.0' });
const transport = new StdioClientTransport({ command: binary, args: ['mcp', folder], stderr: 'inherit' });
const protocolErrors = [];
client.onerror = (error) => protocolErrors.push(error);

/** What a tool says; the client holds the result to the protocol's schema. */
async function call(name, args = {}, isError = false) {
  const result = await client.callTool({ name, arguments: args });
  assert.equal(result.isError ?? false, isError, JSON.stringify(result));
  assert.equal(result.content.length, 1);
  assert.equal(result.content[0].type, 'text');
  return result.content[0].text;
}

const tests = {
  'the server says who it is and how to use it': () => {
    assert.equal(client.getServerVersion().name, 'farewell');
    assert.match(client.getInstructions(), /check_path/);
    assert.ok(client.getServerCapabilities().tools);
  },
  'every tool is described, harmless, and takes what its schema says': async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map((tool) => tool.name),
      ['check_path', 'check_text', 'preview_fix', 'list_flows', 'call_syntax', 'explain_rule'],
    );
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    for (const tool of tools) {
      assert.ok(tool.title && tool.description.length > 80, tool.name);
      assert.equal(tool.annotations.readOnlyHint, true);
      ajv.compile(tool.inputSchema);
    }
    const schema = (name) => ajv.compile(tools.find((tool) => tool.name === name).inputSchema);
    assert.ok(schema('check_path')({}));
    assert.ok(schema('check_path')({ path: 'src', rules: ['missing-anonymize'], limit: 5 }));
    assert.ok(!schema('check_path')({ rules: ['no-such-rule'] }));
    assert.ok(!schema('check_text')({ text: '' }));
    assert.ok(!schema('call_syntax')({ platform: 'amiga' }));
  },
  'a fault of each platform is found and its fix shown': async () => {
    for (const app of ['web-shop', 'vue-shop', 'svelte-notes', 'rn-bank', 'ios-bank', 'android-shop', 'flutter-bank']) {
      assert.match(await call('check_path', { path: app, limit: 1 }), /^1\. .* (error|warning) [a-z-]+/m, app);
      assert.match(await call('preview_fix', { path: app }), /^\+ .*(anonymize|anonymous)/m, app);
    }
  },
  'a mended text has nothing left to do': async () => {
    const text = "export function leave() {\n  localStorage.removeItem('access_token');\n  location.href = '/login';\n}\n";
    const asked = { file_name: 'web-shop/src/leave.ts', rules: ['missing-anonymize'] };
    assert.match(await call('check_text', { ...asked, text: text.replace('leave', 'logout') }), /missing-anonymize/);
    const mended = text.replace('leave', 'logout').replace('  location', "  FS('setIdentity', { anonymous: true });\n  location");
    assert.match(await call('check_text', { ...asked, text: mended }), /^Nothing to do/);
  },
  'flows, rules and calls are told': async () => {
    assert.match(await call('list_flows', { path: 'web-shop' }), /^\d+ flows with \d+ ways out/);
    assert.match(await call('explain_rule', { rule: 'missing-anonymize', platform: 'flutter' }), /FS\.anonymize\(\);/);
    assert.match(await call('call_syntax', { path: 'ios-bank/Sources/New.swift' }), /`FS\.anonymize\(\)`/);
  },
  'calls made at once are all answered': async () => {
    const paths = ['web-shop', 'vue-shop', 'rn-bank', 'ios-bank'];
    const answers = await Promise.all(paths.map((path) => call('check_path', { path })));
    answers.forEach((answer, index) => assert.ok(answer.includes(`1. ${paths[index]}/`), answer));
  },
  'an error tells what to do': async () => {
    assert.match(await call('check_path', { path: '../../etc' }, true), /lies outside of/);
    assert.match(await call('explain_rule', { rule: 'mising-anonymize' }, true), /did you mean `missing-anonymize`/);
    await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), /there is no tool `no_such_tool`/);
  },
  'nothing was written': () => {
    const files = (root) => readdirSync(root, { recursive: true }).filter((file) => statSync(join(root, file)).isFile());
    assert.ok(files(apps).length > 100);
    assert.deepEqual(files(folder).sort(), files(apps).sort());
    for (const file of files(apps)) {
      assert.ok(readFileSync(join(folder, file)).equals(readFileSync(join(apps, file))), file);
    }
  },
  'the connection held to the protocol, and ends': async () => {
    await client.ping();
    assert.deepEqual(protocolErrors, []);
    await client.close();
  },
};

let failed = 0;
try {
  await client.connect(transport);
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
    } catch (error) {
      failed += 1;
      console.error(`FAILED: ${name}\n${error.stack}`);
    }
  }
} finally {
  await client.close();
  rmSync(folder, { recursive: true });
}
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
