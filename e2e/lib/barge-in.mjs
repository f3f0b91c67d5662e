// How soon an answer stops when somebody speaks over it, seen from a browser's place on the wire.
import { execFileSync } from "node:child_process";
import { io } from "socket.io-client";
import { clip } from "./sound.mjs";

const FRAME = 512;
const FRAME_MS = 32;
/** A voice is sustained after this long; less may be a click or a cough. */
export const SUSTAINED_MS = 130;

/** Speech that begins with its first sample: 16 kHz, 16 bits. */
function voice() {
    const pcm = execFileSync("sox", [clip("vm-nobox"), "-r", "16000", "-c", "1", "-b", "16", "-t", "raw", "-"]);
    const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length >> 1);
    return samples.slice(samples.findIndex((sample) => Math.abs(sample) > 1000));
}

/** Milliseconds from the first sample of a voice to the pause of the answer, once for each conversation. */
export async function bargeIn(url) {
    const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
    const once = (event, fits = () => true) => new Promise((resolve) => {
        const look = (payload) => fits(payload) && (socket.off(event, look), resolve());
        socket.on(event, look);
    });
    await once("connect");
    let queue = new Int16Array(0), spokenAt = 0;
    const started = performance.now();
    let sent = 0;
    const microphone = setInterval(() => {
        while (performance.now() - started >= (sent + 1) * FRAME_MS) {
            const frame = new Int16Array(FRAME);
            frame.set(queue.subarray(0, FRAME));
            // When a microphone would have had the first sample, also if this program was held up since.
            if (queue.length > 0) spokenAt ||= started + sent * FRAME_MS;
            queue = queue.subarray(FRAME);
            socket.emit("audioInput", Buffer.from(frame.buffer));
            sent++;
        }
    }, 4);
    try {
        await socket.timeout(60_000).emitWithAck("initializeConnection", { audioFormat: "binary", pausable: true });
        socket.emit("promptStart");
        socket.emit("systemPrompt");
        socket.emit("audioStart");
        await once("audioReady");
        socket.emit("textInput", { content: "What can you do?" });
        await once("audioOutput");
        const paused = once("answerPaused");
        queue = voice();
        await paused;
        return performance.now() - spokenAt;
    } finally {
        clearInterval(microphone);
        socket.disconnect();
    }
}
