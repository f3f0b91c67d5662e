import { access } from "../net/access.js";
import { element, make } from "./element.js";

const STATES = { ready: "ready", starting: "starting", failed: "failed, given up", stopped: "stopped" };

/** The MCP servers whose tools the assistant may use, as they are when the settings are opened. Without any there is nothing to see. */
export class ServersView {
  #section = element("servers");
  #list = element("servers-list");

  constructor() {
    element("open-settings").addEventListener("click", () => this.load());
  }

  async load() {
    try {
      const answer = await fetch("/api/mcp-servers", { headers: access.headers, cache: "no-store", signal: AbortSignal.timeout(5_000) });
      this.#show(answer.ok ? (await answer.json()).servers : []);
    } catch (error) {
      console.info(`[parley] MCP servers unavailable: ${error.message}`);
      this.#show([]);
    }
  }

  #show(servers) {
    this.#section.hidden = servers.length === 0;
    this.#list.replaceChildren(...servers.map(entry));
  }
}

function entry({ name, transport, state, tools }) {
  const item = make("li", "server");
  item.append(make("strong", "server-name", name), make("span", "server-state", ` ${transport}, ${STATES[state] ?? state}`));
  const names = tools.map((tool) => tool.name.split("__").at(-1));
  item.append(make("p", "note", names.length ? names.join(", ") : "no tools at the moment"));
  return item;
}
