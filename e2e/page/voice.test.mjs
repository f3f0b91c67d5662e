import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { Voice } = await fromPage("talk/voice.js");

/** A page that keeps what it was told, and a microphone that the browser refuses once `during` has happened. */
async function refusedWhile(during) {
  const told = [];
  const talk = { sound: {} };
  Object.defineProperty(globalThis, "isSecureContext", { value: true, configurable: true });
  const mediaDevices = {
    getUserMedia: async () => {
      during(talk);
      throw new DOMException("no", "NotAllowedError");
    },
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  const voice = new Voice(talk, {}, { onNotice: (text) => text && told.push(text) }, {});
  assert.equal(await voice.openMicrophone(talk.sound), false);
  return told;
}

test("sound waiting for the loudspeaker counts as playing", () => {
  const voice = new Voice({ sound: { aheadOf: (taken) => taken < 2 } }, {}, {}, {});
  assert.equal(voice.sounding, true);
  voice.playback = { playing: false, bufferedMs: 100, taken: 2 };
  assert.equal(voice.sounding, true);
  voice.playback = { playing: false, bufferedMs: 0, taken: 2 };
  assert.equal(voice.sounding, false);
});

test("missing microphone is reported unless the conversation ended", async () => {
  assert.match((await refusedWhile(() => {})).join(), /^The microphone is blocked/);
  assert.deepEqual(await refusedWhile((talk) => (talk.sound = undefined)), []);
});
