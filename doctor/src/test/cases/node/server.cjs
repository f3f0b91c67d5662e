// A server of Socket.IO: node server.cjs PORT VERSION[-VARIANT]. Ends when its standard input ends.
const [port, variety] = process.argv.slice(2);
const [version, variant] = variety.split("-");
const http = require("http").createServer((request, response) => {
  response.statusCode = 404;
  response.end("nothing here");
});
const options = { pingInterval: 4000, pingTimeout: 20000 };
if (version !== "2" && variant !== "nocors") {
  options.cors = { origin: "https://my.page", credentials: true };
}
if (variant === "websocket" || variant === "polling") {
  options.transports = [variant];
}
if (variant === "allow") {
  options.allowRequest = (request, decide) =>
    request.headers.upgrade ? decide("not on Mondays", false) : decide(null, true);
}
const module_ = require("socket.io-" + version);
const io = version === "2" ? module_(http, options) : new module_.Server(http, options);
if (variant === "token") {
  io.use((socket, next) => next(new Error("a token is missing")));
}
io.on("connection", () => {});
http.listen(Number(port), "127.0.0.1");
process.stdin.on("end", () => process.exit()).resume();
