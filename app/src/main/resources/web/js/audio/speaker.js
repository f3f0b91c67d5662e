import { addModule } from "./audio-context.js";
import { decodeAudio } from "./pcm.js";
import { PlaybackPort } from "./playback-port.js";

const FALLBACK_BLOCK = 2048;

/**
 * Plays the assistant's voice. `onReport` gets the reports of PlaybackPort, `onRecorded` the samples that were played.
 * Without worklets (outside a secure context) a ScriptProcessorNode does the same.
 */
export class Speaker {
  #node;
  #send;
  #given = 0;
  #flushed = 0;

  static async open(context, { record = false, onReport, onRecorded }) {
    const speaker = new Speaker();
    const receive = (message) => (message.recorded ? onRecorded(message.recorded) : onReport(message));
    await (context.audioWorklet
      ? speaker.#openWorklet(context, record, receive)
      : speaker.#openScript(context, record, receive));
    speaker.#node.connect(context.destination);
    return speaker;
  }

  play(content) {
    const samples = decodeAudio(content);
    if (samples.length === 0) return;
    this.#given++;
    this.#send({ samples }, [samples.buffer]);
  }

  /** Returns whether it received audio that is not in its reports yet; the argument is the number of pieces in the last report. */
  aheadOf(taken) {
    return this.#given > Math.max(taken, this.#flushed);
  }

  end() {
    this.#send({ end: true }, []);
  }

  flush() {
    this.#flushed = this.#given;
    this.#send({ flush: true }, []);
  }

  /** Over polling audio arrives once per round trip, so a larger cushion is needed. */
  suit(transport) {
    this.#send({ limits: transport === "polling" ? [150, 600] : [60, 300] }, []);
  }

  close() {
    this.#send({ close: true }, []);
    this.#node.disconnect();
  }

  async #openWorklet(context, record, receive) {
    await addModule(context, new URL("./playback-worklet.js", import.meta.url));
    this.#node = new AudioWorkletNode(context, "parley-playback", {
      numberOfInputs: 0,
      outputChannelCount: [1],
      processorOptions: { record },
    });
    this.#node.port.onmessage = ({ data }) => receive(data);
    this.#send = (message, transfer) => this.#node.port.postMessage(message, transfer);
  }

  #openScript(context, record, receive) {
    const port = new PlaybackPort(context.sampleRate, record, receive);
    this.#node = context.createScriptProcessor(FALLBACK_BLOCK, 0, 1);
    this.#node.onaudioprocess = ({ outputBuffer }) => port.pull(outputBuffer.getChannelData(0));
    this.#send = (message) => port.receive(message);
  }
}
