/** Samples as numbers, as 16-bit bytes, as base64 and as a WAV file. Pure. */

/** Float samples (−1…1) to 16-bit ones, clipped. */
export function toInt16(samples) {
  const out = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const x = Math.max(-1, Math.min(1, samples[i]));
    out[i] = Math.round(x < 0 ? x * 0x8000 : x * 0x7fff);
  }
  return out;
}

/** Little-endian PCM16 bytes to float samples; an odd last byte is ignored. */
export function fromPcm16(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(bytes.byteLength >> 1);
  for (let i = 0; i < out.length; i++) out[i] = view.getInt16(2 * i, true) / 0x8000;
  return out;
}

/**
 * The audio of one `audioOutput` event, which comes as binary (an ArrayBuffer or a view) or as base64 text.
 * @returns {Float32Array} empty when the content is neither
 */
export function decodeAudio(content) {
  if (content instanceof ArrayBuffer) return fromPcm16(new Uint8Array(content));
  if (ArrayBuffer.isView(content)) return fromPcm16(content);
  if (typeof content !== "string") return new Float32Array(0);
  try {
    return fromPcm16(fromBase64(content));
  } catch {
    return new Float32Array(0);
  }
}

export function fromBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function toBase64(bytes) {
  const parts = [];
  for (let i = 0; i < bytes.length; i += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  }
  return btoa(parts.join(""));
}

/** A mono 16-bit WAV file of the given blocks. */
export function wavOf(blocks, rate) {
  const samples = blocks.reduce((sum, block) => sum + block.length, 0);
  const bytes = new Uint8Array(44 + samples * 2);
  const view = new DataView(bytes.buffer);
  const text = (at, value) => [...value].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + samples * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples * 2, true);
  let at = 44;
  for (const block of blocks) {
    for (const sample of block) {
      view.setInt16(at, sample, true);
      at += 2;
    }
  }
  return bytes;
}

/** Loudness for a meter: 0 at −60 dBFS and below, 1 at full scale. */
export function meterLevel(rms) {
  if (!(rms > 0.001)) return 0;
  return Math.min(1, 1 + (20 * Math.log10(rms)) / 60);
}

export function rmsOf(samples) {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return Math.sqrt(sum / samples.length);
}
