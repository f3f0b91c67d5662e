// Murmurs and noises from a script: the same seed makes the same samples. Pure.
import { count, joined, RATE, silence, withPeak } from "./samples.mjs";

/** Six people who murmur: pitch in Hz, and how their resonances differ. */
export const VOICES = [
    { name: "low man", pitch: 88, size: 1.12 },
    { name: "man", pitch: 112, size: 1.05 },
    { name: "high man", pitch: 140, size: 1 },
    { name: "low woman", pitch: 178, size: 0.95 },
    { name: "woman", pitch: 208, size: 0.9 },
    { name: "child", pitch: 262, size: 0.82 },
];

/** Numbers in 0…1 from a seed (mulberry32). */
export function randomOf(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let x = Math.imul(state ^ (state >>> 15), state | 1);
        x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
        return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** A resonance: frequency and width in Hz. */
function resonator(frequency, width) {
    const r = Math.exp((-Math.PI * width) / RATE);
    const b = 2 * r * Math.cos((2 * Math.PI * frequency) / RATE), c = -r * r, a = 1 - b - c;
    let y1 = 0, y2 = 0;
    return (x) => {
        const y = a * x + b * y1 + c * y2;
        [y1, y2] = [y, y1];
        return y;
    };
}

/** Keeps what is around a frequency, without what is far below it. */
function band(frequency, width) {
    const filter = resonator(frequency, width);
    let before = 0;
    return (x) => {
        const y = filter(x), difference = y - before;
        before = y;
        return difference;
    };
}

const rise = (t, ms) => Math.min(1, t / ms);
/** Soft at both ends: 0…1 over a length, times in ms. */
const swell = (t, length, attack, release) => rise(t, attack) * rise(Math.max(0, length - t), release);

const MOUTHS = {
    m: [[250, 60, 1], [1_050, 220, 0.12], [2_200, 300, 0.05]],
    uh: [[620, 90, 1], [1_190, 120, 0.5], [2_400, 200, 0.15]],
};

/** A voiced sound of one mouth position, its pitch gliding between two factors. */
function voiced(voice, mouth, ms, [from, to], random) {
    const filters = MOUTHS[mouth].map(([f, w, level]) => [resonator(f / voice.size, w), level]);
    const out = new Float32Array(count(ms));
    let phase = 0, wander = 0;
    for (let i = 0; i < out.length; i++) {
        const t = (i * 1000) / RATE;
        wander = 0.999 * wander + 0.001 * (random() - 0.5);
        phase += (voice.pitch * (from + ((to - from) * t) / ms) * (1 + wander)) / RATE;
        if (phase >= 1) phase -= 1;
        // A glottal pulse: opens slowly, closes at once.
        const pulse = phase < 0.6 ? Math.sin((Math.PI * phase) / 0.6) ** 2 - 0.4 : -0.4;
        const source = pulse + 0.03 * (random() - 0.5);
        const sum = filters.reduce((all, [filter, level]) => all + level * filter(source), 0);
        out[i] = sum * swell(t, ms, 35, 60);
    }
    return out;
}

function breathy(frequency, width, ms, random, [attack, release] = [30, 30]) {
    const filter = band(frequency, width);
    return Float32Array.from({ length: count(ms) }, (_, i) => filter(random() - 0.5) * swell((i * 1000) / RATE, ms, attack, release));
}

function decaying(frequency, width, ms, half, random) {
    const filter = band(frequency, width);
    return Float32Array.from({ length: count(ms) }, (_, i) => filter(random() - 0.5) * 0.5 ** ((i * 1000) / RATE / half) * rise((i * 1000) / RATE, 3));
}

/** Each makes a sound of a person; the peak is set by {@link murmur}. */
const MURMURS = {
    hum: (voice, random) => voiced(voice, "m", 260 + 200 * random(), [1, 0.92], random),
    "mm-hm": (voice, random) => joined(
        voiced(voice, "m", 150 + 50 * random(), [0.95, 0.9], random), withPeak(breathy(700, 900, 60, random), -40),
        voiced(voice, "m", 200 + 80 * random(), [1.08, 1.2], random)),
    "uh-huh": (voice, random) => joined(
        voiced(voice, "uh", 130 + 40 * random(), [0.95, 0.92], random), withPeak(breathy(1_200, 1_500, 70, random), -34),
        voiced(voice, "uh", 180 + 70 * random(), [1.05, 1.18], random)),
    mmm: (voice, random) => voiced(voice, "m", 600 + 250 * random(), [1.05, 0.85], random),
};

/** Each makes a sound that no person means. */
const NOISES = {
    hum: (random) => MURMURS.hum(VOICES[Math.floor(random() * VOICES.length)], random),
    cough: (random) => joined(
        decaying(900 + 500 * random(), 1_400, 220, 35, random), silence(60 + 60 * random()),
        withPeak(decaying(800 + 400 * random(), 1_200, 260, 45, random), -6)),
    door: (random) => joined(
        withPeak(decaying(2_400, 1_800, 40, 6, random), -10), withPeak(decaying(95 + 60 * random(), 60, 420, 70, random), 0),
        withPeak(decaying(600, 900, 120, 20, random), -14)),
    keyboard: (random) => joined(...Array.from({ length: 9 }, () => joined(
        withPeak(decaying(2_200 + 2_000 * random(), 2_500, 28, 4, random), -6 * random()), silence(70 + 130 * random())))),
    breath: (random) => breathy(900 + 700 * random(), 1_600, 700 + 300 * random(), random, [250, 350]),
};

export const MURMUR_KINDS = Object.keys(MURMURS);
export const NOISE_KINDS = Object.keys(NOISES);

/** A murmur of one of the VOICES at this peak, in dBFS. */
export const murmur = (kind, { voice, level, seed }) => withPeak(MURMURS[kind](VOICES[voice], randomOf(seed)), level);

/** A noise at this peak, in dBFS. */
export const noise = (kind, { level, seed }) => withPeak(NOISES[kind](randomOf(seed)), level);
