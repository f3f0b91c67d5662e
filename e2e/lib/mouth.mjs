// A microphone into which a test speaks when the page listens, however long a busy machine takes until then.
import { readFileSync } from "node:fs";
import { clip } from "./sound.mjs";

/**
 * Gives it to a page that is yet to be opened; the browser is asked for its own first, so that it is there and allowed.
 *
 * @returns {Promise<(name: string) => Promise<void>>} begins to say a recording
 */
export async function mouthOf(page) {
    await page.addInitScript(() => {
        const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        let room, microphone;
        navigator.mediaDevices.getUserMedia = async (wanted) => {
            for (const track of (await own(wanted)).getTracks()) track.stop();
            room = new AudioContext();
            microphone = room.createMediaStreamDestination();
            // No microphone is without any noise; one that delivers nothing at all is told of.
            const hiss = new ConstantSourceNode(room, { offset: 0.0001 });
            hiss.connect(microphone);
            hiss.start();
            return microphone.stream;
        };
        window.say = async (wav) => {
            const source = room.createBufferSource();
            source.buffer = await room.decodeAudioData(Uint8Array.from(atob(wav), (byte) => byte.charCodeAt(0)).buffer);
            source.connect(microphone);
            source.start();
        };
    });
    return (name) => page.evaluate((wav) => window.say(wav), readFileSync(clip(name)).toString("base64"));
}
