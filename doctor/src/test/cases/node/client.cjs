// Connects as an application does: node client.cjs VERSION URL [HEADER: VALUE]. Prints one line of JSON: connected, transport, upgraded, error.
const [version, url, header] = process.argv.slice(2);
// The names of conf/hosts, which only the doctor's own lookups know.
const dns = require("dns");
const lookup = dns.lookup;
dns.lookup = (host, ...more) => lookup(host.endsWith(".test") ? "127.0.0.1" : host, ...more);
const module_ = require("socket.io-client-" + version);
const extraHeaders = header ? { [header.split(": ")[0]]: header.split(": ")[1] } : {};
const socket = (module_.io ?? module_)(url, { reconnectionDelay: 100, reconnectionDelayMax: 200, timeout: 8000, extraHeaders });
const seen = { connected: false, transport: null, upgraded: false, error: null };
function finish() {
  console.log(JSON.stringify(seen));
  process.exit();
}
let failures = 0;
const failed = error => {
  seen.error ??= String(error.message ?? error);
  if (++failures >= 3) finish();
};
socket.on("connect_error", failed);
socket.on("error", failed);
socket.on("connect", () => {
  seen.connected = true;
  const engine = socket.io.engine;
  seen.transport = engine.transport.name;
  engine.on("upgrade", () => {
    seen.upgraded = true;
    finish();
  });
  if (seen.transport === "websocket") finish();
  setTimeout(finish, 3000);
});
setTimeout(finish, 15000);
