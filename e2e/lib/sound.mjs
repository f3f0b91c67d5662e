// Recordings of human speech from the machine's own packages, made into a microphone for the browser.
import { execFileSync } from "node:child_process";

const sounds = "/usr/share/asterisk/sounds/en_US_f_Allison/";

export const clip = (name) => `${sounds}${name}.wav`;

/** Writes a 48 kHz WAV: `lead` seconds of silence, each clip followed by `gap` seconds of silence. */
export function microphone(file, clips, { lead = 4, gap = 8 } = {}) {
    const parts = clips.flatMap((name, i) => {
        const part = `${file}.${i}.wav`;
        execFileSync("sox", [clip(name), "-r", "48000", "-c", "1", "-b", "16", part, "pad", i === 0 ? String(lead) : "0", String(gap)]);
        return [part];
    });
    execFileSync("sox", [...parts, file]);
    return file;
}
