// What ./parley does on machines that lack something: without a JDK, npm, Maven or a network, with damaged models, on a second start.
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { spawn } from "./lib/children.mjs";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { models, root } from "./lib/parley.mjs";

const folder = mkdtempSync("/tmp/parley-launcher-");
const canUnshare = works("unshare", ["-rmn", "true"]) || "this machine does not let us take its network or folders away";

after(() => rmSync(folder, { recursive: true, force: true }));

function works(command, args) {
    try {
        execFileSync(command, args, { stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
}

/** A folder for PATH with every command of this machine but these. */
function toolsWithout(...missing) {
    const tools = mkdtempSync(`${folder}/bin-`);
    const taken = new Set(missing);
    for (const from of ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]) {
        if (!existsSync(from)) continue;
        for (const name of readdirSync(from)) {
            if (!taken.has(name)) symlinkSync(`${from}/${name}`, `${tools}/${name}`);
            taken.add(name);
        }
    }
    return tools;
}

/** The launcher beside a build that is done, and one source. */
function builtTree() {
    const tree = mkdtempSync(`${folder}/tree-`);
    cpSync(`${root}parley`, `${tree}/parley`);
    cpSync(`${root}build`, `${tree}/build`, { recursive: true });
    cpSync(`${root}pom.xml`, `${tree}/pom.xml`);
    mkdirSync(`${tree}/app/src/main/java`, { recursive: true });
    mkdirSync(`${tree}/app/target`);
    writeFileSync(`${tree}/app/src/main/java/Some.java`, "");
    writeFileSync(`${tree}/app/pom.xml`, "");
    symlinkSync(`${root}app/target/parley.jar`, `${tree}/app/target/parley.jar`);
    symlinkSync(`${root}app/target/lib`, `${tree}/app/target/lib`);
    writeFileSync(`${tree}/app/target/built`, "");
    const later = new Date(Date.now() + 5_000);
    utimesSync(`${tree}/app/target/built`, later, later);
    return tree;
}

/** The models of this machine, as links, so that one can be replaced. */
function linkedModels() {
    const copy = mkdtempSync(`${folder}/models-`);
    for (const part of ["speech", "browser"]) {
        mkdirSync(`${copy}/${part}`);
        for (const name of readdirSync(`${models}/${part}`)) symlinkSync(`${models}/${part}/${name}`, `${copy}/${part}/${name}`);
    }
    return copy;
}

async function run(command, args, { env = {}, seconds = 300 } = {}) {
    const child = spawn(command, args, { env: { ...process.env, PARLEY_MODELS: models, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let out = "", err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    const [code] = await once(child, "close");
    clearTimeout(timer);
    return { code, out, err };
}

function failsWith({ code, err }, ...patterns) {
    assert.equal(code, 1, err);
    const said = err.trim().split("\n").filter((line) => line.startsWith("parley: "));
    assert.equal(said.length, 1, err);
    for (const pattern of patterns) assert.match(said[0], pattern);
}

test("without a JDK it says what is needed and how to get it", { skip: canUnshare !== true && canUnshare }, async () => {
    const hidden = ["/usr/lib/jvm", "/usr/java", "/opt"].filter(existsSync).map((place) => `mount -t tmpfs none ${place}`).join(" && ");
    const result = await run("unshare", ["-rm", "bash", "-c", `${hidden || "true"} && exec ${root}parley serve`], {
        env: { PATH: toolsWithout("java", "javac"), JAVA_HOME: "", HOME: folder },
    });
    failsWith(result, /JDK of version 21/, /apt-get install openjdk|adoptium/, /JAVA_HOME/);
});

test("without npm it says what npm is for and how to get it", async () => {
    const env = { PATH: toolsWithout("npm", "npx", "node"), PARLEY_MODELS: `${folder}/none` };
    failsWith(await run(`${root}parley`, ["serve"], { env }), /npm is needed once/, /speech models/, /apt-get install npm/);
});

test("without a network it says that the models cannot be fetched", { skip: canUnshare !== true && canUnshare }, async () => {
    const result = await run("unshare", ["-rn", `${root}parley`, "serve"], { env: { PARLEY_MODELS: `${folder}/none` } });
    failsWith(result, /npm could not fetch/, /network is needed once/);
});

test("without a network it says that the first build needs one", { skip: canUnshare !== true && canUnshare }, async () => {
    const tree = builtTree();
    unlinkSync(`${tree}/app/target/built`);
    const result = await run("unshare", ["-rn", `${tree}/parley`, "--version"], { env: { MAVEN_OPTS: `-Dmaven.repo.local=${folder}/repository` } });
    failsWith(result, /first build needs a network/, /build\.log/);
});

test("a second start takes no build, a changed or removed source does", async () => {
    const tree = builtTree();
    const env = { PATH: toolsWithout("mvn") };
    const version = () => run(`${tree}/parley`, ["--version"], { env });

    const again = await version();
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /^parley \d/);
    assert.equal(again.err, "");

    const later = new Date(Date.now() + 10_000);
    utimesSync(`${tree}/app/src/main/java/Some.java`, later, later);
    failsWith(await version(), /Maven 3\.8\.7 or newer is needed/, /apt-get install maven/);

    utimesSync(`${tree}/app/target/built`, new Date(Date.now() + 20_000), new Date(Date.now() + 20_000));
    assert.equal((await version()).code, 0);
    unlinkSync(`${tree}/app/src/main/java/Some.java`);
    utimesSync(`${tree}/app/src/main/java`, new Date(Date.now() + 30_000), new Date(Date.now() + 30_000));
    failsWith(await version(), /Maven/);
});

test("the doctor needs no models, and only its modules are built for it", async () => {
    const tree = builtTree();
    for (const module of ["doctor", "protocol"]) {
        mkdirSync(`${tree}/${module}/src/main`, { recursive: true });
        writeFileSync(`${tree}/${module}/pom.xml`, "");
    }
    mkdirSync(`${tree}/docs/doctor`, { recursive: true });
    const tools = toolsWithout("npm", "npx", "node", "mvn");
    writeFileSync(`${tools}/mvn`, `#!/bin/sh\necho "$@" > '${tree}/mvn.txt'\nmkdir -p doctor/target && cp '${root}doctor/target/parley-doctor.jar' doctor/target/\n`, { mode: 0o755 });
    const env = { PATH: tools, PARLEY_MODELS: `${folder}/none` };

    const first = await run(`${tree}/parley`, ["doctor", "--explain", "no_affinity"], { env });
    assert.equal(first.code, 0, first.err);
    assert.match(first.out, /no_affinity/);
    assert.match(readFileSync(`${tree}/mvn.txt`, "utf8"), / -pl protocol,doctor -Dmaven\.test\.skip=true /);
    assert.ok(!existsSync(`${folder}/none`));

    unlinkSync(`${tools}/mvn`);
    const second = await run(`${tree}/parley`, ["doctor", "--nonsense"], { env });
    assert.equal(second.code, 64, second.err);
    assert.match(second.err, /^parley doctor: Unknown option: '--nonsense'/);
});

test("a damaged part is noticed before the start, and fetched anew", async (t) => {
    const damaged = linkedModels();
    const victim = `${damaged}/browser/socket.io.min.js`;
    const whole = readFileSync(victim);
    unlinkSync(victim);
    unlinkSync(`${victim}.ok`);
    writeFileSync(victim, Buffer.alloc(whole.length, 0x20));
    const env = { PARLEY_MODELS: damaged };

    if (canUnshare === true) failsWith(await run("unshare", ["-rn", `${root}parley`, "--version"], { env }), /npm could not fetch socket\.io-client/);
    if (!works("npm", ["view", "socket.io-client@4.8.4", "version", "--fetch-retries=0"])) return t.skip("no npm registry in reach");
    const mended = await run(`${root}parley`, ["--version"], { env });
    assert.equal(mended.code, 0, mended.err);
    assert.match(mended.err, /Fetching/);
    assert.ok(readFileSync(victim).equals(whole));
});

test("the first start builds from the sources alone", async () => {
    const tree = `${folder}/fresh`;
    mkdirSync(tree);
    execFileSync("bash", ["-c", `tar -C '${root}' --exclude=./.git --exclude=target --exclude=node_modules -cf - . | tar -C '${tree}' -xf -`]);
    const first = await run(`${tree}/parley`, ["--version"], { seconds: 1200 });
    assert.equal(first.code, 0, first.err);
    assert.match(first.err, /Building Parley/);
    assert.match(first.err, /\[(\d+)\/\1\] app/, "the last module");
    assert.match(first.out, /^parley \d/);
    const second = await run(`${tree}/parley`, ["--version"]);
    assert.equal(second.err, "", "no second build");
});
