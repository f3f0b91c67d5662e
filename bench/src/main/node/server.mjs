// The reference server, answering the bench's events. Prints its port, takes commands on standard input, ends when that ends.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { serveClient: false });
io.on("connection", (socket) => {
    socket.on("text", (text) => socket.emit("text", text));
    socket.on("bin", (data) => socket.emit("bin", data));
    socket.on("all", (text) => io.emit("all", text));
});
http.listen(0, "127.0.0.1", 4096, () => console.log(`PORT ${http.address().port}`));

const commands = createInterface({ input: process.stdin });
commands.on("line", () => {
    globalThis.gc?.();
    globalThis.gc?.();
    console.log(`HEAP ${process.memoryUsage().heapUsed} ALLOCATED -1`);
});
commands.on("close", () => process.exit(0));
