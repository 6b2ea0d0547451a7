#!/usr/bin/env node
// Runs the program that the package of this platform holds. FAREWELL_BINARY names another one.
"use strict";

const { spawnSync } = require("node:child_process");
const os = require("node:os");
const { name: wrapper } = require("./package.json");
const platforms = require("./platforms.json");

const FAILED = 2;
const BUILD_IT = "build one with the Rust toolchain: cargo install --locked --git https://github.com/farewell-lint/farewell farewell";

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(FAILED);
}

function program() {
  if (process.env.FAREWELL_BINARY) {
    return process.env.FAREWELL_BINARY;
  }
  const here = `${process.platform}-${process.arch}`;
  const platform = platforms.find(({ os, cpu }) => os.includes(process.platform) && cpu.includes(process.arch));
  if (!platform) {
    fail(`there is no Farewell for ${here}; ${BUILD_IT}`);
  }
  const holder = `${wrapper}-${platform.name}`;
  try {
    return require.resolve(`${holder}/${process.platform === "win32" ? "farewell.exe" : "farewell"}`);
  } catch {
    fail(
      `the package ${holder}, which holds the program for ${here}, is not installed. It is an optional dependency of ` +
        `${wrapper}: install again without --omit=optional (or --no-optional), on this platform, not from a ` +
        `node_modules folder or a lockfile of another one; or ${BUILD_IT}`,
    );
  }
}

const path = program();
const { error, signal, status } = spawnSync(path, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  fail(`${path} cannot be run: ${error.message}`);
}
// As a shell tells it of a program that a signal ended.
process.exitCode = signal ? 128 + os.constants.signals[signal] : status;
