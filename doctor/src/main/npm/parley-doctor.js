#!/usr/bin/env node
// Starts the doctor, which is a Java program, with the Java that JAVA_HOME or PATH names. Passes on arguments, signals and the exit code.
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, readFileSync, realpathSync } = require("node:fs");
const { constants } = require("node:os");
const { delimiter, dirname, join } = require("node:path");

const LOWEST = 21;
const NAME = process.platform === "win32" ? "java.exe" : "java";
/** Exit code when the program itself cannot run; 0 to 3 are results of an examination, 64 is a usage error. */
const UNAVAILABLE = 69;

/** The programs that may be Java, in the order of preference. */
function candidates({ JAVA_HOME, PATH, Path } = process.env) {
  const folders = [...(JAVA_HOME ? [join(JAVA_HOME, "bin")] : []), ...(PATH ?? Path ?? "").split(delimiter).filter(Boolean)];
  return [...new Set(folders.map((folder) => join(folder, NAME)).filter(existsSync).map((file) => realpathSync(file)))];
}

/** The feature version of a Java program, such as 21; 0 if it is none. Reads the file "release", or else asks the program. */
function version(java) {
  let text = "";
  try {
    text = readFileSync(join(dirname(dirname(java)), "release"), "utf8");
  } catch {
    text = String(spawnSync(java, ["-version"], { encoding: "utf8", timeout: 20_000 }).stderr);
  }
  const [, number] = /(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)/.exec(text) ?? [];
  return Number(number ?? 0);
}

function advice(found) {
  const seen = found.length === 0 ? "none was found in JAVA_HOME or on PATH" : `found only ${found.map(({ java, is }) => `${java} (${is || "unknown version"})`).join(", ")}`;
  return `parley-doctor: Java ${LOWEST} or newer is needed, and ${seen}: install one (Debian: apt-get install openjdk-21-jre-headless; macOS: brew install openjdk; any system: adoptium.net) or set JAVA_HOME.`;
}

function run(java, args) {
  const child = spawn(java, ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-jar", join(__dirname, "parley-doctor.jar"), ...args], { stdio: "inherit" });
  // Java reports what it found so far and chooses the exit code; this process waits for it.
  const pass = (signal) => child.kill(signal);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, pass);
  child.on("error", (error) => {
    console.error(`parley-doctor: ${java} could not be started: ${error.message}.`);
    process.exitCode = UNAVAILABLE;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
    for (const name of signals) process.off(name, pass);
  });
}

const found = [];
let chosen;
for (const java of candidates()) {
  const is = version(java);
  if (is >= LOWEST) {
    chosen = java;
    break;
  }
  found.push({ java, is });
}
if (chosen) {
  run(chosen, process.argv.slice(2));
} else {
  console.error(advice(found));
  process.exitCode = UNAVAILABLE;
}
