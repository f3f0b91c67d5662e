import { addModule } from "./audio-context.js";

/** Thrown if the microphone cannot be used: `kind` is the reason, `message` is a text for the user. */
export class MicrophoneError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const MESSAGES = {
  insecure:
    "This page was opened over plain http from another machine, so the browser keeps the microphone off. " +
    "Open it over https, or on this machine as localhost. You can type instead.",
  refused:
    "The microphone is blocked for this page. Allow it in the address bar, then try again. " +
    "Until then you can type.",
  absent: "No microphone was found. Plug one in and try again, or type instead.",
  busy: "Another program is using the microphone. Close it and try again, or type instead.",
  unknown: "The microphone could not be opened. You can type instead.",
};

const KINDS = {
  NotAllowedError: "refused",
  PermissionDeniedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  DevicesNotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
};

export function microphoneProblem(name) {
  const kind = KINDS[name] ?? name;
  const known = kind in MESSAGES ? kind : "unknown";
  return new MicrophoneError(known, MESSAGES[known]);
}

/** Requests the microphone. @returns {Promise<MediaStream>} or rejects with a MicrophoneError */
export async function askForMicrophone() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw microphoneProblem("insecure");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw microphoneProblem(error.name);
  }
}

/** An open microphone: calls `onFrame(pcm, rms, heard)` every 32 ms with 1024 bytes of PCM16 at 16 kHz; `heard` is that of Framer. */
export class Microphone {
  #stream;
  #frames = 0;
  #sounded = 0;
  #ended = false;
  #source;
  #node;

  /** Takes ownership of the stream, and releases it also if the microphone cannot be opened. */
  static async open(context, stream, handlers) {
    try {
      return await Microphone.#open(context, stream, handlers);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
    }
  }

  static async #open(context, stream, { onFrame }) {
    const microphone = new Microphone();
    microphone.#stream = stream;
    await addModule(context, new URL("./capture-worklet.js", import.meta.url));
    microphone.#node = new AudioWorkletNode(context, "parley-capture", { numberOfOutputs: 1, channelCount: 1 });
    microphone.#node.port.onmessage = ({ data }) => {
      microphone.#frames++;
      if (data.heard.sounded) microphone.#sounded++;
      onFrame(data.pcm, data.rms, data.heard);
    };
    microphone.#source = context.createMediaStreamSource(stream);
    // Its output is silence; some browsers run the node only if it is connected.
    microphone.#source.connect(microphone.#node).connect(context.destination);
    stream.getAudioTracks()[0]?.addEventListener("ended", () => (microphone.#ended = true));
    return microphone;
  }

  /** The state for SoundWatch. */
  get vitals() {
    const [track] = this.#stream.getAudioTracks();
    const ended = this.#ended || track?.readyState === "ended";
    return { frames: this.#frames, sounded: this.#sounded, muted: track?.muted ?? false, ended };
  }

  set silent(silent) {
    this.#node.port.postMessage({ silent });
  }

  close() {
    this.#node.port.onmessage = null;
    this.#node.port.postMessage({ stop: true });
    this.#source.disconnect();
    this.#node.disconnect();
    for (const track of this.#stream.getTracks()) track.stop();
  }
}
