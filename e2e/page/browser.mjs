/** The parts of a browser that the page's conversation needs, and a server behind its socket. Import it before the modules of the page. */
import { fromPage } from "./page.mjs";

class FakeContext {
  state = "running";
  currentTime = 0;
  sampleRate = 48_000;
  destination = {};
  audioWorklet = { addModule: () => browser.loaded() };
  resume = async () => {};
  close = async () => {};
  createBuffer = () => ({});
  createBufferSource = () => ({ connect: () => {}, start: () => {} });
  createMediaStreamSource = () => ({ connect: (node) => node, disconnect: () => {} });
}

class FakeNode {
  port = { postMessage: () => {} };
  connect = (node) => node;
  disconnect = () => {};

  constructor(_context, name) {
    if (name === "parley-capture") browser.microphone = this;
  }
}

/** A socket as that of socket.io-client. The test connects and disconnects it. */
class FakeSocket {
  connected = false;
  sendBuffer = [];
  sent = [];
  engine = { writeBuffer: [], transport: { name: "websocket" }, on: () => {}, close: () => {} };
  #handlers = { manager: {} };
  io = { reconnection: () => {}, engine: this.engine, on: (name, handler) => (this.#handlers.manager[name] = handler) };

  on(name, handler) {
    this.#handlers[name] = handler;
  }

  onAny(handler) {
    this.receive = handler;
  }

  connect() {
    this.connected = true;
    this.#handlers.connect();
  }

  disconnect(reason = "io client disconnect") {
    if (!this.connected) return;
    this.connected = false;
    this.#handlers.disconnect(reason);
  }

  giveUp() {
    this.#handlers.manager.reconnect_failed();
  }

  emit(...event) {
    this.sent.push(event);
    if (event[0] === "audioStart") this.receive("audioReady");
    if (event[0] === "stopAudio") this.receive("sessionClosed");
  }

  timeout() {
    return { emitWithAck: async () => browser.answer(this) };
  }
}

export const browser = {
  socket: undefined,
  microphone: undefined,
  /** How often the page asked for the microphone. */
  asked: 0,
  /** Loads a worklet. */
  loaded: async () => {},
  /** Responds to initializeConnection. */
  answer: async () => ({ success: true }),
};

const stream = { getTracks: () => [], getAudioTracks: () => [] };
const globals = {
  AudioContext: FakeContext,
  AudioWorkletNode: FakeNode,
  document: { addEventListener: () => {}, removeEventListener: () => {}, visibilityState: "visible" },
  isSecureContext: true,
  location: { search: "" },
  navigator: { onLine: true, mediaDevices: { getUserMedia: async () => (browser.asked++, stream) } },
  fetch: async () => ({ ok: true, json: async () => ({ path: "data:text/javascript,export const io = globalThis.connectTo;//" }) }),
  connectTo: () => (browser.socket = new FakeSocket()),
  // The page looks at the microphone four times a second, and sends silence in its place while the test is held up.
  setInterval: () => undefined,
  clearInterval: () => {},
};
for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
console.info = () => {};

const { Conversation } = await fromPage("talk/conversation.js");

/** Lets everything happen that waits for nothing outside. */
export const settled = () => new Promise(setImmediate);

const begun = [];

/** Ends the conversations of a test. */
export const endAll = () => begun.splice(0).forEach((conversation) => conversation.finish(""));

/** A conversation that is open, and the notices that the page was told. */
export async function talking({ microphone = true, answer } = {}) {
  const notices = [];
  const page = { onChange: () => {}, onLevels: () => {}, onNotice: (text) => text && notices.push(text), onVoice: () => {} };
  browser.loaded = async () => {};
  browser.answer = async (socket) => (socket.receive("conversation", offer()), { success: true });
  if (answer) browser.answer = answer;
  const conversation = new Conversation(page, { add: () => {} });
  begun.push(conversation);
  await conversation.start({ microphone });
  await settled();
  const { socket } = browser;
  const say = (frames, rms = 0.1) => {
    for (let i = 0; i < frames; i++) {
      browser.microphone.port.onmessage({ data: { pcm: new ArrayBuffer(1_024), rms, heard: { full: 0, sounded: true } } });
    }
  };
  const sounds = () => socket.sent.filter(([name]) => name === "audioInput").length;
  return { conversation, socket, notices, say, sounds };
}

/** The first event of a server that confirms speech. */
export const offer = (more) => ({ token: "t", resumed: false, from: 0, replay: true, audio: { count: 0, lost: 0 }, ...more });
