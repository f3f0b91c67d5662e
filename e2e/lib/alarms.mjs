// Looks at healthy servers with the doctor and counts false alarms: behind a right nginx, Caddy, Apache and HAProxy, near and far, on an idle
// and on a busy machine.
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { connect, createServer } from "node:net";
import { parseArgs } from "node:util";
import { ended, spawn } from "./children.mjs";
import { freePort, root } from "./parley.mjs";
import { reference } from "./peers.mjs";

const DELAYS = [0, 50, 240];
const LOOPS = [0, 8];
const LONGEST_LOOK = 180_000;
/** Busy loops end by themselves after this time, whatever happens to the command. */
const LONGEST_LOOPS = 3_600_000;

/** The right configuration of each proxy: its programs, the files to write, and the arguments. */
const PROXIES = {
    nginx: {
        programs: ["/usr/sbin/nginx"],
        files: (folder, port, upstream) => ({ "nginx.conf": `
            worker_processes 1; error_log ${folder}/error.log; pid ${folder}/nginx.pid; daemon off;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
                map $http_upgrade $connection_upgrade { default upgrade; '' close; }
                server {
                    listen 127.0.0.1:${port};
                    client_max_body_size 10m;
                    location / {
                        proxy_pass http://127.0.0.1:${upstream}; proxy_http_version 1.1; proxy_buffering off; proxy_read_timeout 1h;
                        proxy_set_header Host $host:$server_port; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
                    }
                }
            }` }),
        args: (folder) => ["-c", `${folder}/nginx.conf`, "-p", folder],
    },
    Caddy: {
        programs: ["/usr/bin/caddy"],
        files: (folder, port, upstream) => ({ Caddyfile: `{\n\tadmin off\n\tauto_https off\n}\nhttp://127.0.0.1:${port} {\n\tbind 127.0.0.1\n\treverse_proxy 127.0.0.1:${upstream}\n}\n` }),
        args: (folder) => ["run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"],
    },
    Apache: {
        programs: ["/usr/sbin/apache2", "/usr/sbin/httpd"],
        files: (folder, port, upstream) => ({ "apache.conf": `
            ServerRoot ${folder}
            PidFile ${folder}/apache.pid
            Listen 127.0.0.1:${port}
            ServerName 127.0.0.1:${port}
            ErrorLog ${folder}/error.log
            Mutex file:${folder} default
            ${["mpm_event", "authz_core", "proxy", "proxy_http"].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
            ${process.getuid?.() === 0 ? "User daemon\n            Group daemon" : ""}
            ProxyTimeout 3600
            ProxyPreserveHost On
            ProxyPass / http://127.0.0.1:${upstream}/ upgrade=websocket
            ProxyPassReverse / http://127.0.0.1:${upstream}/` }),
        args: (folder) => ["-f", `${folder}/apache.conf`, "-DFOREGROUND"],
    },
    HAProxy: {
        programs: ["/usr/sbin/haproxy"],
        files: (folder, port, upstream) => ({ "haproxy.cfg": `
global
    maxconn 500
defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m
    timeout tunnel 1h
frontend in
    bind 127.0.0.1:${port}
    default_backend out
backend out
    server one 127.0.0.1:${upstream}
` }),
        args: (folder) => ["-f", `${folder}/haproxy.cfg`, "-db"],
    },
};

const { values } = parseArgs({ options: { short: { type: "boolean" }, quick: { type: "string" }, full: { type: "string" }, proxy: { type: "string" }, help: { type: "boolean" } } });
const quick = count(values.quick, values.short ? 1 : 20);
const full = count(values.full, values.short ? 0 : 2);
const chosen = Object.keys(PROXIES).filter((name) => !values.proxy || name.toLowerCase() === values.proxy.toLowerCase());
if (chosen.length === 0) stop(64, `there is no proxy ${values.proxy}; they are ${Object.keys(PROXIES).join(", ")}`);
const missing = chosen.filter((name) => !program(name));
if (missing.length > 0) stop(1, `${missing.join(" and ")} not found: install them (Debian: apt-get install nginx caddy apache2-bin haproxy), or choose another with --proxy`);

console.log(`${"proxy".padEnd(9)}${"delay".padEnd(9)}${"loops".padEnd(7)}${"quick: healthy, unknown, alarms".padEnd(34)}full: healthy, unknown, alarms`);
const totals = { looks: 0, unknown: 0, alarms: 0 };
const alarms = [];
for (const name of chosen) {
    const server = await reference({ allowEIO3: true, pingInterval: 25_000, cors: { origin: "https://my.page" } });
    const proxy = await started(name, Number(new URL(server.url).port));
    try {
        for (const delay of DELAYS) {
            const way = await delayed(proxy.port, delay / 2);
            for (const loops of LOOPS) {
                const stopLoops = busy(loops);
                try {
                    const cells = [await looks(quick, way.url, ["--quick", "--origin", "https://my.page"]), await looks(full, way.url, ["--origin", "https://my.page"])];
                    for (const cell of cells) for (const [kind, text] of cell.remarks) alarms.push(`${kind}: ${name}, ${delay} ms, ${loops} loops: ${text}`);
                    console.log(`${name.padEnd(9)}${`${delay} ms`.padEnd(9)}${String(loops).padEnd(7)}${shown(cells[0]).padEnd(34)}${shown(cells[1])}`);
                } finally {
                    await stopLoops();
                }
            }
            way.stop();
        }
    } finally {
        await proxy.stop();
        await server.stop();
    }
}
for (const line of alarms) console.log(line);
console.log(`${totals.looks} looks, ${totals.alarms} false alarms, ${totals.unknown} unknown`);
process.exit(totals.alarms > 0 ? 1 : 0);

async function looks(times, url, options) {
    const cell = { healthy: 0, unknown: 0, alarm: 0, remarks: [] };
    for (let look = 0; look < times; look++) {
        const { health, findings, verdict } = await examined(url, options);
        const kind = health === "healthy" || health === "unknown" ? health : "alarm";
        cell[kind]++;
        totals.looks++;
        if (kind === "healthy") continue;
        totals[kind === "alarm" ? "alarms" : "unknown"]++;
        const named = findings.filter(({ severity }) => severity === "broken" || severity === "impaired" || severity === "unknown").map(({ cause, confidence }) => `${cause} (${confidence})`);
        cell.remarks.push([kind, named.join(", ") || verdict]);
    }
    return cell;
}

function shown({ healthy, unknown, alarm }) {
    return healthy + unknown + alarm === 0 ? "-" : `${healthy}, ${unknown}, ${alarm}`;
}

/** What a user sees: the program itself, as it is started by hand. */
async function examined(url, options) {
    const child = spawn(`${root}parley`, ["doctor", url, "--json", "--quiet", ...options], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (data) => (out += data));
    const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_LOOK);
    await once(child, "close");
    clearTimeout(timer);
    return out ? JSON.parse(out) : { health: "no report", findings: [], verdict: `no report within ${LONGEST_LOOK / 1_000} s` };
}

function program(name) {
    return PROXIES[name].programs.find(existsSync);
}

async function started(name, upstream) {
    const port = await freePort();
    const folder = mkdtempSync("/tmp/parley-alarms-");
    chmodSync(folder, 0o755); // some proxies run their workers as another user
    const { files, args } = PROXIES[name];
    for (const [file, text] of Object.entries(files(folder, port, upstream))) writeFileSync(`${folder}/${file}`, text);
    const child = spawn(program(name), args(folder), { cwd: folder, env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (data) => (complaint = (complaint + data).slice(-2_000)));
    const end = Date.now() + 60_000;
    while (!(await listens(port))) {
        if (child.exitCode !== null || Date.now() > end) throw new Error(`${name} did not start: ${complaint}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { port, stop: async () => (await ended(child), rmSync(folder, { recursive: true, force: true })) };
}

async function listens(port) {
    const socket = connect(port, "127.0.0.1");
    try {
        await once(socket, "connect");
        return true;
    } catch {
        return false;
    } finally {
        socket.destroy();
    }
}

/** A path with a delay in each direction: bytes leave in the order in which they came, each after the same time. */
async function delayed(port, oneWay) {
    const sockets = new Set();
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
        const upstream = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
        for (const [from, to] of [[client, upstream], [upstream, client]]) {
            sockets.add(from);
            const later = (act) => (oneWay > 0 ? setTimeout(act, oneWay) : act());
            from.on("data", (data) => later(() => to.writable && to.write(data)));
            from.on("end", () => later(() => to.end()));
            from.on("error", () => to.destroy());
            from.on("close", () => (sockets.delete(from), later(() => to.destroySoon())));
        }
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const stop = () => {
        server.close();
        for (const socket of sockets) socket.destroy();
    };
    return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

/** Keeps processors busy until the function that it returns is called. */
function busy(loops) {
    const children = Array.from({ length: loops }, () => spawn(process.execPath, ["-e", `const end = Date.now() + ${LONGEST_LOOPS}; while (Date.now() < end);`], { stdio: "ignore" }));
    return () => Promise.all(children.map((child) => ended(child, () => child.kill("SIGKILL"))));
}

function count(text, usual) {
    const number = text === undefined ? usual : Number(text);
    if (!Number.isInteger(number) || number < 0 || number > 1_000) stop(64, `"${text}" is no number from 0 to 1000`);
    return number;
}

function stop(code, sentence) {
    console.error(`doctor-alarms: ${sentence}.`);
    process.exit(code);
}
