// Processes that end with the one that started them, even where a test failed before it could stop them.
import { spawn as start } from "node:child_process";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill()));

/** As Node's own `spawn`. */
export function spawn(command, args, options) {
    const child = start(command, args, options);
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
}
