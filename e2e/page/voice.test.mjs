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

test("who has no microphone is told so, unless the conversation ended meanwhile for another reason", async () => {
  assert.match((await refusedWhile(() => {})).join(), /^The microphone is blocked/);
  assert.deepEqual(await refusedWhile((talk) => (talk.sound = undefined)), []);
});
