// The admin page: requests the state every two seconds while the page is visible, and shows it. Values from clients are set as text only.
const at = (id) => document.getElementById(id);
const EVERY = 2000;
let csrf = "";
let timer;
/** The server that is shown; empty is the one that responds. */
let chosen = "";

async function send(path, body) {
    return fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
        body: JSON.stringify(body),
    });
}

async function refresh() {
    clearTimeout(timer);
    try {
        const answer = await fetch(`/admin/state?node=${encodeURIComponent(chosen)}`);
        if (answer.status === 401) {
            ask();
            return;
        }
        if (answer.status === 404) {
            chosen = ""; // the chosen server has gone
            timer = setTimeout(refresh, 0);
            return;
        }
        const body = await answer.json();
        csrf = body.csrf;
        show(body.state);
    } catch {
        at("status").textContent = "The server does not respond.";
    }
    if (!document.hidden) {
        timer = setTimeout(refresh, EVERY);
    }
}

function ask() {
    at("login").hidden = false;
    at("board").hidden = true;
    at("actions").hidden = true;
    at("status").textContent = "";
    at("password").focus();
}

function show(state) {
    at("login").hidden = true;
    at("board").hidden = false;
    at("actions").hidden = false;
    at("drain").disabled = state.draining;
    const count = state.total === 1 ? "1 connection" : `${state.total} connections`;
    const shown = state.total > state.connections.length ? `, the oldest ${state.connections.length} shown` : "";
    const talking = state.talking > 0 ? `; ${state.talking === 1 ? "1 conversation" : `${state.talking} conversations`}` : "";
    tell(at("status"), `${count}${shown}${talking}${strained(state.memory)}${state.model ? `; ${state.model} replies` : ""}${state.draining ? "; draining" : ""}`);
    at("servers").hidden = state.nodes.length === 0;
    fill(at("nodes"), state.nodes, (each) => each.name, (row, each) => nodeRow(row, each, each.name === state.node));
    fill(at("connections"), state.connections, (each) => each.name, connectionRow);
    fill(at("talks"), state.conversations, (each) => each.name, talkRow);
    fill(at("errors"), state.errors, (each) => each.at + each.what + each.from, errorRow);
    at("none").hidden = state.connections.length > 0;
    at("no-talks").hidden = state.conversations.length > 0;
    at("no-errors").hidden = state.errors.length > 0;
    plotUpgrades(state.minutes);
    plotConnect(state.minutes);
}

function tell(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

/** Keeps existing rows, so that the focused element keeps the focus. */
function fill(body, items, key, row) {
    const old = new Map([...body.rows].map((each) => [each.dataset.key, each]));
    items.forEach((item, index) => {
        const name = key(item);
        const there = old.get(name) ?? Object.assign(document.createElement("tr"), {});
        old.delete(name);
        there.dataset.key = name;
        row(there, item);
        if (body.rows[index] !== there) {
            body.insertBefore(there, body.rows[index] ?? null);
        }
    });
    old.forEach((gone) => gone.remove());
}

function cells(row, texts) {
    texts.forEach((text, index) => tell(row.cells[index] ?? row.insertCell(), text));
}

function connectionRow(row, each) {
    const old = each.revision === "3" ? " (v3)" : "";
    cells(row, [each.name, each.transport + old, age(each.seconds), each.roundTripMillis < 0 ? "–" : `${each.roundTripMillis} ms`,
        String(each.drops), each.address]);
    if (row.cells.length === 6) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "Disconnect";
        button.setAttribute("aria-label", `Disconnect ${each.name}`);
        button.addEventListener("click", async () => {
            await send("/admin/disconnect", { connection: each.name });
            refresh();
        });
        row.insertCell().append(button);
    }
}

function nodeRow(row, each, shown) {
    const word = [each.draining ? "draining" : "open", shown ? "shown below" : ""].filter(Boolean).join(", ");
    const talks = each.waiting > 0 ? `${each.conversations}, ${each.waiting} in line` : String(each.conversations);
    const spent = each.cost > 0 ? `${each.tokens} tokens, $${each.cost.toFixed(2)}` : `${each.tokens} tokens`;
    cells(row, [each.name, word, age(each.seconds), String(each.sessions), talks, spent, each.version, each.address || "–"]);
    if (row.cells.length === 8) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "Show";
        button.setAttribute("aria-label", `Show ${each.name}`);
        button.addEventListener("click", () => {
            chosen = each.name;
            refresh();
        });
        row.insertCell().append(button);
    }
    row.cells[8].firstChild.disabled = shown;
}

function talkRow(row, each) {
    const numbers = [each.turns, each.bargeIns, each.drops].map(String);
    cells(row, [each.name, each.state, age(each.seconds), ...numbers, each.transport || "–", each.connection || "–"]);
}

function errorRow(row, each) {
    cells(row, [new Date(each.at).toLocaleTimeString(), each.what, each.cause, each.from]);
}

function age(given) {
    const seconds = Math.max(0, given); // the server's clock may have been set back
    if (seconds < 60) {
        return `${seconds} s`;
    }
    return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const WIDTH = 600;
const LEFT = 84;
const TOP = 8;
const BOTTOM = 136;

function draw(svg, name, attributes, text) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) {
        element.textContent = text;
    }
    svg.append(element);
}

/** Draws values by minute and omits undefined ones; lines join neighbours, a single value is a dot. */
function plot(svg, most, label, lines) {
    svg.replaceChildren();
    for (const part of [0, 0.5, 1]) {
        const y = BOTTOM - part * (BOTTOM - TOP);
        draw(svg, "line", { x1: LEFT, x2: WIDTH, y1: y, y2: y, class: "grid" });
        draw(svg, "text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, label(part * most));
    }
    draw(svg, "text", { x: LEFT, y: 154 }, "an hour ago");
    draw(svg, "text", { x: WIDTH, y: 154, "text-anchor": "end" }, "now");
    for (const [style, values] of lines) {
        const x = (index) => LEFT + 4 + (index * (WIDTH - LEFT - 8)) / (values.length - 1);
        const y = (value) => BOTTOM - (Math.min(value, most) / most) * (BOTTOM - TOP);
        let path = "";
        values.forEach((value, index) => {
            if (value !== undefined) {
                path += `${values[index - 1] === undefined ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
                if (values[index - 1] === undefined && values[index + 1] === undefined) {
                    draw(svg, "circle", { cx: x(index), cy: y(value), r: 3, class: `dot-${style}` });
                }
            }
        });
        draw(svg, "path", { d: path, class: style });
    }
}

/** Describes the memory use of clients if it is high. */
function strained({used, limit, sessionsEnded, pausedConnections, waitingSenders}) {
    const parts = [];
    if (used > limit / 10) {
        parts.push(`${Math.round((100 * used) / limit)} % of the memory budget used`);
    }
    if (pausedConnections > 0) {
        parts.push(`${pausedConnections} not read while handlers catch up`);
    }
    if (waitingSenders > 0) {
        parts.push(`${waitingSenders} sending to slow clients`);
    }
    if (sessionsEnded > 0) {
        parts.push(`${sessionsEnded} ended to free memory since the start`);
    }
    return parts.map((part) => `; ${part}`).join("");
}

function plotUpgrades(minutes) {
    plot(at("upgrades"), 100, (value) => `${value} %`,
        [["one", minutes.map((each) => each.upgradesTried > 0 ? Math.min(100, (100 * each.upgraded) / each.upgradesTried) : undefined)]]);
    const tried = minutes.reduce((sum, each) => sum + each.upgradesTried, 0);
    const done = minutes.reduce((sum, each) => sum + each.upgraded, 0);
    tell(at("upgrades-now"), tried === 0 ? "none tried" : `${done} of ${tried}`);
}

function plotConnect(minutes) {
    const known = (value) => value < 0 ? undefined : value;
    const most = Math.max(100, ...minutes.map((each) => each.connectP95));
    plot(at("connect"), most, (value) => `${Math.round(value)} ms`,
        [["one", minutes.map((each) => known(each.connectP50))], ["two", minutes.map((each) => known(each.connectP95))]]);
    const last = minutes.filter((each) => each.connectP50 >= 0).at(-1);
    tell(at("connect-now"), last ? `median ${last.connectP50} ms, 95th percentile (dashed) ${last.connectP95} ms` : "nobody yet");
}

at("login").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send("/admin/login", { password: at("password").value });
    at("password").value = "";
    if (answer.ok) {
        at("wrong").textContent = "";
        await refresh();
        at("drain").focus();
    } else {
        at("wrong").textContent = (await answer.json()).error;
        at("password").focus();
    }
});
at("logout").addEventListener("click", async () => {
    await send("/admin/logout", {});
    refresh();
});
at("drain").addEventListener("click", () => at("sure").showModal());
at("sure").addEventListener("close", async () => {
    if (at("sure").returnValue === "yes") {
        await send("/admin/drain", { node: chosen });
        refresh();
    }
});
document.addEventListener("visibilitychange", () => document.hidden || refresh());
refresh();
