// The threads of a running JVM, virtual ones too.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";

/** Names of the threads that belong to a conversation, a tool, an alarm or a socket, in order. */
export function conversationThreads(pid) {
    const file = `/tmp/parley-threads-${pid}-${process.pid}.txt`;
    const jcmd = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/jcmd` : "jcmd";
    try {
        execFileSync(jcmd, [String(pid), "Thread.dump_to_file", "-overwrite", file], { stdio: "ignore" });
        return [...readFileSync(file, "utf8").matchAll(/^#\d+ "([^"]*)"/gm)]
            .map(([, name]) => name)
            .filter((name) => /^(call$|tool-|parley-stream|parley-refusal|parley-socket|parley-admission)/.test(name))
            .sort();
    } finally {
        rmSync(file, { force: true });
    }
}

/** Threads whose waiting holds nobody up: compilers, collectors, and the one that loads the speech model. */
const ASIDE = /^(C[12] |GC |G1 |VM |Serial|Reference|Finalizer|Signal|Service|Monitor|Notification|Common|Sweeper|model-start|parley-load|onnx)/;

/** Seconds for which a process had work to do, but the machine gave its processors to others. */
export function heldUp(pid) {
    return readdirSync(`/proc/${pid}/task`)
        .filter((task) => !ASIDE.test(readFileSync(`/proc/${pid}/task/${task}/comm`, "utf8")))
        .reduce((sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[1]) / 1e9, 0);
}
