// The command line's answers to wrong input, and the server's health. `e2e/start` measures how soon.
import { test } from "node:test";
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync, openSync, writeSync, closeSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { models, parley, root, startServer, freePort } from "./lib/parley.mjs";
import { spawn } from "./lib/children.mjs";

function isOneClearLine(result, pattern) {
    assert.notEqual(result.code, 0, "exit code");
    const lines = result.err.trim().split("\n").filter((line) => line.includes("parley:"));
    assert.equal(lines.length, 1, `one line expected on stderr, got:\n${result.err}`);
    assert.match(lines[0], pattern);
    assert.doesNotMatch(result.err, /\bat [a-z.]+\(.*\.java/, "no stack trace");
}

test("help is there for every command", async () => {
    for (const args of [["--help"], ["serve", "--help"], ["talk", "--help"]]) {
        const result = await parley(args);
        assert.equal(result.code, 0, result.err);
        assert.match(result.out, /Usage: parley/i);
    }
});

test("an unknown option and an unknown command are named", async () => {
    isOneClearLine(await parley(["serve", "--prot", "4000"]), /--prot/);
    isOneClearLine(await parley(["sing"]), /sing/);
});

test("an invalid setting is named with where it came from", async () => {
    isOneClearLine(await parley(["serve", "--port", "seventy"]), /port.*seventy/);
    isOneClearLine(await parley(["serve"], { env: { PORT: "99999" } }), /99999.*PORT/);
    isOneClearLine(await parley(["serve"], { env: { PARLEY_PROT: "1" } }), /PARLEY_PROT/);
});

test("a port in use is said in one line", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = String(other.address().port);
    try {
        isOneClearLine(await parley(["serve", "--host", "127.0.0.1", "--port", port]), new RegExp(`${port}.*in use`));
    } finally {
        other.close();
    }
});

/** A copy of the models in which one file is spoilt; run without the launcher, which would fetch it anew. */
async function serveWith(spoil) {
    const folder = mkdtempSync("/tmp/parley-models-");
    cpSync(`${models}/speech`, `${folder}/speech`, { recursive: true });
    spoil(`${folder}/speech`);
    const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
    const child = spawn(java, ["-jar", `${root}app/target/parley.jar`, "serve", "--host", "127.0.0.1", "--port", String(await freePort())], {
        env: { ...process.env, PARLEY_MODELS: folder },
    });
    let err = "";
    child.stderr.on("data", (data) => (err += data));
    child.stdout.resume();
    const timer = setTimeout(() => child.kill("SIGKILL"), 300_000);
    const [code] = await once(child, "close");
    clearTimeout(timer);
    rmSync(folder, { recursive: true });
    return { code, err };
}

test("a missing model file is named, and how to get it", async () => {
    isOneClearLine(await serveWith((speech) => rmSync(`${speech}/moonshine-encoder.onnx`)), /moonshine-encoder\.onnx.*(build\/fetch|\.\/parley)/);
});

test("a corrupt model file is named, and how to mend it", async () => {
    const flipOneByte = (speech) => {
        const file = openSync(`${speech}/moonshine-decoder.onnx`, "r+");
        writeSync(file, Buffer.from([0x5a, 0x5b]), 0, 2, 1_000_000);
        closeSync(file);
    };
    isOneClearLine(await serveWith(flipOneByte), /moonshine-decoder\.onnx.*(checksum|SHA-256)/i);
});

test("an odd WAV is refused with its name and the reason", async () => {
    const folder = mkdtempSync("/tmp/parley-wav-");
    const header = (data) => {
        const wav = Buffer.alloc(44);
        wav.write("RIFF", 0); wav.writeUInt32LE(36 + data, 4); wav.write("WAVEfmt ", 8); wav.writeUInt32LE(16, 16);
        wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(16000, 24); wav.writeUInt32LE(32000, 28);
        wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34); wav.write("data", 36); wav.writeUInt32LE(data, 40);
        return wav;
    };
    const mp3 = header(0); mp3.writeUInt16LE(0x55, 20);
    const files = { "text.wav": Buffer.from("this is no sound at all, only a text file"), "empty.wav": Buffer.alloc(0), "silent.wav": header(0), "mp3.wav": mp3 };
    for (const [name, content] of Object.entries(files)) writeFileSync(`${folder}/${name}`, content);
    for (const name of [...Object.keys(files), "absent.wav"]) {
        isOneClearLine(await parley(["talk", `${folder}/${name}`]), new RegExp(name.replace(".", "\\.")));
    }
    rmSync(folder, { recursive: true });
});

test("talk says in one line that nobody is there", async () => {
    const port = await freePort();
    isOneClearLine(await parley(["talk", "/usr/share/asterisk/sounds/en_US_f_Allison/hello-world.wav", "--url", `http://127.0.0.1:${port}`]), /127\.0\.0\.1/);
});

test("health answers as specified", async () => {
    const server = await startServer({ ready: false });
    try {
        const answer = await fetch(`${server.url}/health`);
        const body = await answer.json();
        assert.equal(answer.status, 200);
        assert.equal(body.status, "ok");
        assert.match(body.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
        assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
        assert.equal(answer.headers.get("x-frame-options"), "DENY");
    } finally {
        await server.stop();
    }
});
