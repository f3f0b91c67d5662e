// The doctor as an npm package: packed, and run by npx in an empty folder, without a network; with and without a suitable Java.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawn } from "./lib/children.mjs";
import { freePort, root } from "./lib/parley.mjs";

const folder = mkdtempSync("/tmp/parley-doctor-npm-");
const unpacked = `${folder}/unpacked/package/parley-doctor.js`;
let packed;

before(() => {
    const name = execFileSync(`${root}build/doctor-npm`, ["--packed-jar"], { encoding: "utf8" }).trim();
    packed = `${root}doctor/target/npm/${name}`;
    mkdirSync(`${folder}/unpacked`);
    execFileSync("tar", ["-xzf", packed, "-C", `${folder}/unpacked`]);
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function run(command, args, { env = {}, cwd = folder, act = () => {} } = {}) {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let out = "", err = "";
    child.stdout.on("data", (data) => act(child, (out += data)));
    child.stderr.on("data", (data) => (err += data));
    const timer = setTimeout(() => child.kill("SIGKILL"), 120_000);
    const [code] = await once(child, "close");
    clearTimeout(timer);
    return { code, out, err };
}

/** A folder that looks like a Java installation of this version; its program is a script for Node.js, which ends within a minute. */
function java(version, script) {
    const home = mkdtempSync(`${folder}/java-`);
    mkdirSync(`${home}/bin`);
    writeFileSync(`${home}/release`, `JAVA_VERSION="${version}"\n`);
    writeFileSync(`${home}/bin/java`, `#!${process.execPath}\nsetTimeout(() => process.exit(1), 60_000).unref();\n${script}\n`);
    chmodSync(`${home}/bin/java`, 0o755);
    return home;
}

/** A folder for PATH with node, and no Java. */
function onlyNode() {
    const tools = mkdtempSync(`${folder}/bin-`);
    symlinkSync(process.execPath, `${tools}/node`);
    return tools;
}

test("npx runs the packed doctor in an empty folder without a network", async () => {
    const empty = mkdtempSync(`${folder}/empty-`);
    const url = `http://127.0.0.1:${await freePort()}`;
    // npm reads a path from the folder where it runs; nothing is fetched, so its cache may be empty, too.
    symlinkSync(packed, `${empty}/parley-doctor.tgz`);
    const options = { cwd: empty, env: { npm_config_offline: "true", npm_config_cache: `${folder}/cache` } };

    const broken = await run("npx", ["--yes", "./parley-doctor.tgz", url, "--quick", "--quiet"], options);

    assert.equal(broken.code, 2, broken.err);
    assert.match(broken.out, /BROKEN +Nothing listens on 127\.0\.0\.1 port/);
    assert.deepEqual(readdirSync(empty), ["parley-doctor.tgz"]);
});

test("arguments and the exit code are passed", async () => {
    const mistake = await run(process.execPath, [unpacked, "--quik", "http://a b"]);
    assert.equal(mistake.code, 64);
    assert.equal(mistake.err.trim(), "parley-doctor: Unknown option: '--quik'; did you mean --quick?");
    const shown = await run(process.execPath, [unpacked, "a b", "--c=\"d\""], { env: { JAVA_HOME: java("21.0.1", `process.argv.slice(2).forEach((one) => console.log("<" + one + ">")); process.exitCode = 3;`) } });
    assert.equal(shown.code, 3);
    assert.match(shown.out, /-jar>\n<.*parley-doctor\.jar>\n<a b>\n<--c="d">\n$/);
});

test("a signal reaches the program, which chooses the exit code", async () => {
    for (const signal of ["SIGINT", "SIGTERM"]) {
        const home = java("25", `process.on("${signal}", () => { console.log("stopped"); process.exit(7); }); setTimeout(() => {}, 60_000); console.log("started");`);
        let told = false;
        const { code, out } = await run(process.execPath, [unpacked], {
            env: { JAVA_HOME: home },
            act: (child, text) => {
                if (told || !text.includes("started")) return;
                told = true;
                child.kill(signal);
            },
        });
        assert.equal(code, 7, signal);
        assert.match(out, /stopped/);
    }
});

test("without a suitable Java it says in one line what to do", async () => {
    const none = await run(process.execPath, [unpacked, "http://127.0.0.1"], { env: { JAVA_HOME: "", PATH: onlyNode() } });
    assert.equal(none.code, 69);
    assert.match(none.err, /^parley-doctor: Java 21 or newer is needed, and none was found in JAVA_HOME or on PATH: install one .*\n$/);
    const old = java("17.0.9", "");
    const tooOld = await run(process.execPath, [unpacked, "http://127.0.0.1"], { env: { JAVA_HOME: old, PATH: onlyNode() } });
    assert.equal(tooOld.code, 69);
    assert.ok(tooOld.err.includes(`found only ${old}/bin/java (17)`), tooOld.err);
});

test("an old Java in JAVA_HOME is passed over for a newer one on PATH", async () => {
    const newer = java("21", `console.log("newer");`);
    const { code, out } = await run(process.execPath, [unpacked], { env: { JAVA_HOME: java("1.8.0_392", `console.log("older");`), PATH: `${newer}/bin:${process.env.PATH}` } });
    assert.equal(code, 0);
    assert.equal(out, "newer\n");
});
