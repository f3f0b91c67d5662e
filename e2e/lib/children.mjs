// Processes that end with the one that started them, even where a test failed before it could stop them.
import { spawn as start } from "node:child_process";
import { once } from "node:events";

/** A server drains for half a minute, and a busy machine is slow. */
const PATIENCE = 180_000;
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill()));

/** As Node's own `spawn`. */
export function spawn(command, args, options) {
    const child = start(command, args, options);
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
}

/** Asks a process to end, by a signal unless there is another way, and waits until it has. One that does not is killed, which is a failure. */
export async function ended(child, ask = () => child.kill("SIGTERM")) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    let late = false;
    const timer = setTimeout(() => (late = child.kill("SIGKILL")), PATIENCE);
    ask();
    await exit;
    clearTimeout(timer);
    if (late) throw new Error(`${child.spawnargs.join(" ")} did not end within ${PATIENCE / 1_000} s`);
}
