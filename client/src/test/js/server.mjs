// The reference server. Prints its port; each event below is one thing a client must get right.
import { createServer } from "node:http";
import { Server } from "socket.io";

const settings = JSON.parse(process.argv[2] ?? "{}");
const http = createServer((request, response) => {
  if (request.url.startsWith("/page")) {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>a page</title>");
  } else if (request.url.startsWith("/moved")) {
    response.writeHead(301, { location: "https://elsewhere.example/" }).end();
  } else if (request.url.startsWith("/gateway")) {
    response.writeHead(502, { server: "edge" }).end("bad gateway");
  } else {
    response.writeHead(404).end("nothing here");
  }
});
if (settings.refuseWebSocket) {
  http.prependListener("upgrade", (request, socket) => {
    socket.end("HTTP/1.1 403 Forbidden\r\nserver: envoy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  });
}
const io = new Server(http, { maxHttpBufferSize: 8e6, ...settings });

function serve(socket) {
  socket.emit("welcome", { transport: socket.conn.transport.name });
  socket.on("echo", (...values) => {
    const answer = values.at(-1);
    if (typeof answer === "function") {
      answer(...values.slice(0, -1));
    } else {
      socket.emit("echoed", ...values);
    }
  });
  socket.on("headers", (answer) => answer(socket.handshake.headers, socket.handshake.auth, socket.handshake.query));
  socket.on("ask me", (answer) => socket.timeout(60000).emit("question", 7, Buffer.from([1, 2, 3]), (error, ...values) =>
    answer(error ? "no answer" : values)));
  socket.on("count to", (last) => {
    for (let i = 1; i <= last; i++) {
      socket.emit("number", i, i % 7 === 0 ? Buffer.alloc(10, i) : null);
    }
  });
  socket.on("sum", (() => {
    let sum = 0;
    return (value, answer) => { sum += value; if (answer) { answer(sum); } };
  })());
  socket.on("never answered", () => {});
  socket.on("leave", () => socket.disconnect(false));
  socket.on("cut", () => socket.conn.close());
  socket.on("transport", (answer) => answer(socket.conn.transport.name));
}

io.on("connection", serve);
io.of("/private").use((socket, next) => {
  next(socket.handshake.auth.token === "open" ? undefined : new Error("no entry"));
}).on("connection", serve);

process.stdin.resume().on("end", () => process.exit(0));
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
