// The threads of a running JVM, virtual ones too.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";

/** Names of the threads that belong to a conversation, a tool, an alarm or a socket, in order. */
export function conversationThreads(pid) {
    const file = `/tmp/parley-threads-${pid}-${process.pid}.txt`;
    const jcmd = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/jcmd` : "jcmd";
    try {
        execFileSync(jcmd, ["-J-Dsun.tools.attach.attachTimeout=120000", String(pid), "Thread.dump_to_file", "-overwrite", file], { stdio: "ignore" });
        return [...readFileSync(file, "utf8").matchAll(/^#\d+ "([^"]*)"/gm)]
            .map(([, name]) => name)
            .filter((name) => /^(call$|tool-|parley-stream|parley-refusal|parley-socket|parley-admission)/.test(name))
            .sort();
    } finally {
        rmSync(file, { force: true });
    }
}
