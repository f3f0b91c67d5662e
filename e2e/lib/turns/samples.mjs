// Sound as Float32Array at 16 kHz, −1…1. Pure.

export const RATE = 16_000;
export const FRAME = 512;

export const count = (ms) => Math.round((ms * RATE) / 1000);
export const milliseconds = (samples) => (samples.length * 1000) / RATE;
export const gain = (decibels) => 10 ** (decibels / 20);
export const silence = (ms) => new Float32Array(count(ms));

export function peak(samples) {
    return samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}

/** The same sound with this peak, in dBFS; silence stays silence. */
export function withPeak(samples, decibels) {
    const most = peak(samples);
    return most === 0 ? samples : samples.map((x) => (x * gain(decibels)) / most);
}

export function joined(...parts) {
    const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        all.set(part, at);
        at += part.length;
    }
    return all;
}

/** Without the silence at both ends: what is 40 dB below the peak. */
export function trimmed(samples) {
    const floor = peak(samples) * gain(-40);
    const loud = (x) => Math.abs(x) > floor;
    return samples.slice(Math.max(0, samples.findIndex(loud)), samples.findLastIndex(loud) + 1);
}

/** The quietest instant between two, in ms: where a sound can be cut in two without a click. */
export function quietest(samples, from, to, window = 20) {
    const width = count(window);
    let best = count(from), least = Infinity;
    for (let at = count(from); at + width <= Math.min(count(to), samples.length); at += width >> 2) {
        let energy = 0;
        for (let i = at; i < at + width; i++) energy += samples[i] * samples[i];
        if (energy < least) [least, best] = [energy, at + (width >> 1)];
    }
    return (best * 1000) / RATE;
}

/** The sound with this much silence put in at an instant; 8 ms before and after it are faded. */
export function paused(samples, at, ms) {
    const cut = count(at), fade = count(8);
    const first = samples.slice(0, cut), second = samples.slice(cut);
    for (let i = 0; i < Math.min(fade, first.length); i++) first[first.length - 1 - i] *= i / fade;
    for (let i = 0; i < Math.min(fade, second.length); i++) second[i] *= i / fade;
    return joined(first, silence(ms), second);
}

/** 16-bit little-endian bytes, as an `ArrayBuffer` of `audioInput`. */
export function toPcm(samples) {
    return Int16Array.from(samples, (x) => Math.round(Math.max(-1, Math.min(1, x)) * 32_767)).buffer;
}

/** The samples of 16-bit little-endian bytes. */
export function fromPcm(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Float32Array.from({ length: bytes.byteLength >> 1 }, (_, i) => view.getInt16(2 * i, true) / 32_768);
}
