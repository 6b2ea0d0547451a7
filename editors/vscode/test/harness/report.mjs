// Counts what passed and what failed, and says what failed as it comes; with VERBOSE=1 all of it.

/** This machine may be busy with other things: what is waited for comes, or the test fails. */
export const PATIENCE_MS = 90_000;

const started = Date.now();
let passed = 0;
let failed = 0;

/** Notes a check; one that fails does not end its suite. */
export function check(ok, what) {
  if (ok) {
    passed++;
  } else {
    failed++;
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (!ok || process.env.VERBOSE) console.log(`${seconds}s ${ok ? "ok" : "NOT OK"} - ${what}`);
}

/** Says the sum, and returns the exit code. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** Waits until `f` returns something true, and returns it. */
export async function until(what, f, milliseconds = PATIENCE_MS) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await f();
    if (value) return value;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
