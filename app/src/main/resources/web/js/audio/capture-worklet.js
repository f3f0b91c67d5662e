import { Framer, mixDown } from "./framer.js";

/** The microphone's side of the audio thread: posts `{pcm, rms, heard}` every 32 ms, takes `{silent}` and `{stop}`. */
class Capture extends AudioWorkletProcessor {
  #running = true;
  #mono = new Float32Array(128);
  #framer = new Framer(sampleRate, (pcm, rms, heard) => this.port.postMessage({ pcm, rms, heard }, [pcm]));

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if ("silent" in data) this.#framer.silent = data.silent;
      if (data.stop) this.#running = false;
    };
  }

  process([channels]) {
    const frames = channels[0]?.length ?? 128;
    if (this.#mono.length !== frames) this.#mono = new Float32Array(frames);
    this.#framer.push(mixDown(channels, this.#mono));
    return this.#running;
  }
}

registerProcessor("parley-capture", Capture);
