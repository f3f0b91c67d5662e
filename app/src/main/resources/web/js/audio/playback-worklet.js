import { PlaybackPort } from "./playback-port.js";

/** The loudspeaker's side of the audio thread. PlaybackPort does the work, and also works without worklets. */
class Playback extends AudioWorkletProcessor {
  #port;

  constructor({ processorOptions }) {
    super();
    this.#port = new PlaybackPort(sampleRate, processorOptions.record, (message, transfer) =>
      this.port.postMessage(message, transfer),
    );
    this.port.onmessage = ({ data }) => this.#port.receive(data);
  }

  process(_, [channels]) {
    this.#port.pull(channels[0]);
    for (let c = 1; c < channels.length; c++) channels[c].set(channels[0]);
    return !this.#port.closed;
  }
}

registerProcessor("parley-playback", Playback);
