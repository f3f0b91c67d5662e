import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { Comeback } = await fromPage("talk/comeback.js");

class Storage {
  values = new Map();
  getItem = (key) => this.values.get(key) ?? null;
  setItem = (key, value) => this.values.set(key, value);
  removeItem = (key) => this.values.delete(key);
}

test("second connection sends token and event count", () => {
  const comeback = new Comeback(new Storage(), () => 0);
  assert.deepEqual(comeback.ask(), { resume: true });
  comeback.saw("error", {});
  comeback.saw("conversation", { token: "t", resumed: false, from: 0 });
  for (const name of ["contentStart", "textOutput", "audioOutput"]) comeback.saw(name, {});
  assert.deepEqual(comeback.ask(), { resume: "t", received: 3 });
  assert.equal(comeback.resumed, false);
  comeback.saw("conversation", { token: "t", resumed: true, from: 2 });
  comeback.saw("audioOutput", {});
  assert.equal(comeback.resumed, true);
  assert.deepEqual(comeback.ask(), { resume: "t", received: 3 });
});

test("reloaded page keeps the token for two minutes", () => {
  const storage = new Storage();
  let now = 1_000_000;
  const before = new Comeback(storage, () => now);
  before.saw("conversation", { token: "t", resumed: false, from: 0 });
  now += 300_000;
  before.saw("audioOutput", {});
  now += 119_000;
  assert.deepEqual(new Comeback(storage, () => now).ask(), { resume: "t" });
  assert.equal(new Comeback(storage, () => now).possible, true);
  now += 2_000;
  assert.equal(new Comeback(storage, () => now).possible, false);
});

test("ended conversation is forgotten; broken storage is ignored", () => {
  const storage = new Storage();
  const comeback = new Comeback(storage, () => 0);
  comeback.saw("conversation", { token: "t", resumed: true, from: 5 });
  comeback.forget();
  assert.deepEqual(comeback.ask(), { resume: true });
  assert.equal(comeback.resumed, false);
  assert.equal(new Comeback(storage, () => 0).possible, false);
  const full = { getItem: () => "not json", setItem: () => { throw new Error("full"); }, removeItem: () => { throw new Error("no"); } };
  const other = new Comeback(full, () => 0);
  other.saw("conversation", { token: "t", resumed: false, from: 0 });
  assert.deepEqual(other.ask(), { resume: "t", received: 0 });
  other.forget();
});
