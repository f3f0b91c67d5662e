import { ReplyGate } from "./reply-gate.js";
import { sentenceFor } from "./server-errors.js";
import * as Transcript from "./transcript.js";

/** Applies the server's events to a conversation: its transcript, its sound, its phase. */
export class Answers {
  #talk;
  #gate = new ReplyGate();
  /** The answer was heard when it was paused. */
  #paused = false;

  /** No more audio of the current reply is expected. */
  replyOver = true;

  constructor(conversation) {
    this.#talk = conversation;
  }

  reset() {
    this.#gate.clear();
    this.#paused = false;
    this.replyOver = true;
  }

  /** @param {string} name of a server event  @param {*} value its first argument */
  handle(name, value) {
    const known = this.#handlers[name];
    if (known) known(value ?? {});
  }

  #handlers = {
    contentStart: (block) => {
      this.#gate.opened(block.contentId);
      if (block.type === "TEXT") this.#talk.update((t) => Transcript.opened(t, block));
    },
    textOutput: (text) => {
      if (Transcript.isInterruptionMark(text.content)) return this.#interrupted();
      this.#talk.update((t) => Transcript.said(t, text, Date.now()));
      if (text.role === "USER") {
        this.#talk.step("userSpoke");
        if (!lastWasTyped(this.#talk.transcript)) this.#talk.hearing?.recognised();
      }
    },
    // Text that was typed before the page was reloaded.
    textInput: ({ content }) => this.#talk.update((t) => Transcript.typed(t, content, Date.now())),
    audioOutput: ({ contentId, content }) => {
      if (!this.#gate.admits(contentId)) return;
      this.replyOver = false;
      this.#paused = false;
      this.#talk.sound?.play(content);
    },
    contentEnd: (block) => {
      if (block.stopReason === "INTERRUPTED") return this.#interrupted();
      if (block.type === "AUDIO") this.#talk.sound?.end();
      if (block.stopReason === "END_TURN") this.#turnEnded(block.contentId);
    },
    toolUse: (use) => {
      this.#talk.update((t) => Transcript.usedTool(t, use, Date.now()));
      this.#talk.step("toolUsed");
    },
    toolResult: (answer) => this.#talk.update((t) => Transcript.toolAnswered(t, answer)),
    // A voice is heard over the answer. The server keeps the answer, and sends its rest again if the voice was no interruption.
    answerPaused: () => {
      this.#paused ||= this.#talk.voice.sounding;
      this.#talk.sound?.flush();
    },
    answerResumed: () => (this.replyOver = false),
    selfHeard: () => this.#talk.page.onSelfHeard(),
    // The user went on speaking: the last turn was only half of what follows.
    turnSuperseded: () => this.#talk.update(Transcript.superseded),
    questionLost: () => this.#talk.page.onNotice("Your last words were lost when the speech model failed. Please say them again.", "error"),
    bargeIn: () => this.#interrupted(),
    streamInterrupted: () => this.#interrupted(),
    voiceConfigConfirmed: ({ voiceId }) => this.#talk.page.onVoice(voiceId),
    state: ({ state }) => this.#stateIs(state),
    error: (error) => this.#failed(error),
    conversationMoved: () => this.#talk.finish("This conversation goes on in another tab. Press Talk to start another one here."),
    sessionClosed: () => this.#talk.finish("The server ended the conversation. Press Talk to start again."),
    streamComplete: () => this.#talk.finish("The conversation is complete. Press Talk to start again."),
  };

  #turnEnded(contentId) {
    this.replyOver = true;
    this.#talk.update((t) => Transcript.turnEnded(t, contentId));
    if (!this.#talk.voice.sounding) this.#talk.step("answered");
  }

  /** An extension of this server: its state of the conversation. The page itself knows better whether audio is playing. */
  #stateIs(state) {
    if (state === "thinking") this.#talk.step("userSpoke");
    if (state === "listening" && !this.#talk.voice.sounding) this.#talk.step("answered");
  }

  #failed(error) {
    if (error.details?.ended) this.#talk.finish(sentenceFor(error));
    else this.#talk.page.onNotice(sentenceFor(error), "error");
  }

  #interrupted() {
    const sounding = this.#talk.voice.sounding || this.#paused;
    this.#paused = false;
    this.#gate.interrupted();
    this.replyOver = true;
    this.#talk.sound?.flush();
    this.#talk.update((t) => Transcript.interrupted(t, sounding));
    this.#talk.step("interrupted");
  }
}

/** Returns whether the user's last turn was typed: then its text is repeated by the server, and was not heard. */
function lastWasTyped(transcript) {
  return transcript?.turns.findLast(({ role }) => role === "user")?.typed ?? false;
}
