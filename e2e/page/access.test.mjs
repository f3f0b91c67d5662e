import { test } from "node:test";
import assert from "node:assert/strict";
import { Access } from "../../app/src/main/resources/web/js/net/access.js";

const storage = (entries = {}) => ({ entries, getItem: (key) => entries[key] ?? null, setItem: (key, value) => (entries[key] = value) });

test("the token leaves the address and is kept for the tab", () => {
    const tab = storage();
    const shown = [];
    const access = new Access({ hash: "#token=ps_a.b", pathname: "/", search: "?transport=polling" }, tab, (address) => shown.push(address));

    assert.deepEqual(access.auth, { token: "ps_a.b" });
    assert.deepEqual(access.headers, { Authorization: "Bearer ps_a.b" });
    assert.deepEqual(shown, ["/?transport=polling"]);
    assert.deepEqual(new Access({ hash: "", pathname: "/", search: "" }, tab).auth, { token: "ps_a.b" });
});

test("without a token nothing is sent", () => {
    const access = new Access({ hash: "#top", pathname: "/", search: "" }, storage(), () => assert.fail("the address stays"));

    assert.equal(access.auth, undefined);
    assert.deepEqual(access.headers, {});
});

test("a forbidden storage loses only the reload", () => {
    const forbidden = { getItem: () => { throw new Error("forbidden"); }, setItem: () => { throw new Error("forbidden"); } };

    assert.deepEqual(new Access({ hash: "#token=t", pathname: "/", search: "" }, forbidden, () => {}).auth, { token: "t" });
    assert.equal(new Access({ hash: "", pathname: "/", search: "" }, forbidden).auth, undefined);
});
