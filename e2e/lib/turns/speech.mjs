// Speech as samples: people from the machine's own packages, and synthetic voices. What is made is kept in a cache folder.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { clip } from "../sound.mjs";
import { fromPcm, milliseconds, RATE, trimmed, withPeak } from "./samples.mjs";

export const cache = `${process.env.XDG_CACHE_HOME ?? homedir() + "/.cache"}/parley/turns`;
const librivox = (name) => `/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-${name}.wav`;
/** The peak of speech, in dBFS. */
const LEVEL = -9;

/** Synthetic people: those of flite at several pitches, and those of espeak-ng. */
export const SPEAKERS = {
    slt: { flite: "slt" },
    "slt-high": { flite: "slt", pitch: 215 },
    rms: { flite: "rms" },
    "rms-low": { flite: "rms", pitch: 84 },
    awb: { flite: "awb" },
    kal: { flite: "kal16" },
    us: { espeak: "en-us" },
    gb: { espeak: "en-gb+f3" },
};

/** Fails with the names of the Debian packages that are missing. */
export function needSpeech() {
    const missing = [];
    for (const [command, name] of [["flite", "flite"], ["espeak-ng", "espeak-ng"], ["sox", "sox"]]) {
        if (!process.env.PATH.split(":").some((folder) => existsSync(`${folder}/${command}`))) missing.push(name);
    }
    if (!existsSync(clip("vm-nobox"))) missing.push("asterisk-core-sounds-en-wav");
    if (!existsSync(librivox("0880"))) missing.push("pocketsphinx-testdata");
    if (missing.length > 0) throw new Error(`turns: install ${missing.join(" ")} (Debian's packages) and run this again`);
}

/** Made once: `make` gives bytes for a name that says all that they depend on. */
function cached(name, make) {
    const kept = `${cache}/${createHash("sha256").update(name).digest("hex").slice(0, 24)}`;
    if (!existsSync(kept)) {
        mkdirSync(cache, { recursive: true });
        writeFileSync(`${kept}.${process.pid}`, make());
        renameSync(`${kept}.${process.pid}`, kept);
    }
    return readFileSync(kept);
}

const quiet = { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 };
const raw = (file) => execFileSync("sox", [file, "-r", String(RATE), "-c", "1", "-b", "16", "-e", "signed", "-L", "-t", "raw", "-"], quiet);
const fliteArguments = ({ flite, pitch }, text) =>
    ["-voice", flite, ...(pitch ? ["--setf", `int_f0_target_mean=${pitch}`] : []), "-psdur", "-t", text, "-o"];

function synthesised(speaker, text) {
    const wav = `${cache}/now-${process.pid}.wav`;
    try {
        if (speaker.flite) execFileSync("flite", [...fliteArguments(speaker, text), wav], quiet);
        else execFileSync("espeak-ng", ["-v", speaker.espeak, "-s", "150", "-w", wav, text], quiet);
        return raw(wav);
    } finally {
        rmSync(wav, { force: true });
    }
}

/** A synthetic person says it: speech from its first sample to its last. */
export function spoken(name, text, level = LEVEL) {
    const speaker = SPEAKERS[name];
    return withPeak(trimmed(fromPcm(cached(JSON.stringify(["spoken", speaker, text]), () => synthesised(speaker, text)))), level);
}

/** The file of a recording of a person, by its name in one of the packages. */
export const file = (name) => (/^\d+$/.test(name) ? librivox(name) : clip(name));

/** The same from the first sample of speech to the last. */
export function human(name, level = LEVEL) {
    return withPeak(trimmed(fromPcm(cached(`human ${file(name)}`, () => raw(file(name))))), level);
}

/** When the first word of a sentence by one of flite's voices ends, in ms from the first sample of {@link spoken}. */
export function firstWordEnd(name, text) {
    const phones = (words) => cached(JSON.stringify(["phones", SPEAKERS[name], words]), () =>
        execFileSync("flite", [...fliteArguments(SPEAKERS[name], words), "none"], quiet)).toString().trim().split(/\s+/).map((one) => one.split(":"));
    const inside = (list) => list.filter(([phone]) => phone !== "pau");
    const all = phones(text), last = inside(phones(text.split(/[ ,.?!]/)[0])).length - 1;
    const begin = Number(all[0][1]);
    return Math.min((Number(inside(all)[last][1]) - begin) * 1000, milliseconds(spoken(name, text)));
}
