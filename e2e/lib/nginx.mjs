// A real nginx in front of the server that answers 403 to every WebSocket upgrade, as some platforms' edges do.
import { ended, spawn } from "./children.mjs";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { freePort, until } from "./parley.mjs";

export async function proxyWithoutWebSocket(upstreamPort) {
    const port = await freePort();
    const folder = mkdtempSync("/tmp/parley-nginx-");
    chmodSync(folder, 0o755); // its workers are another user, and put larger bodies there
    writeFileSync(`${folder}/nginx.conf`, `
        worker_processes 1;
        error_log ${folder}/error.log;
        pid ${folder}/nginx.pid;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
            uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
            server {
                listen 127.0.0.1:${port};
                location / {
                    if ($http_upgrade) { return 403; }
                    proxy_http_version 1.1;
                    proxy_set_header Host $host:$server_port;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                    proxy_pass http://127.0.0.1:${upstreamPort};
                }
            }
        }`);
    const child = spawn("/usr/sbin/nginx", ["-c", `${folder}/nginx.conf`, "-p", folder, "-g", "daemon off;"], { stdio: "inherit" });
    const url = `http://127.0.0.1:${port}`;
    await until(`${url}/health`, 60, () => child.exitCode !== null);
    const stop = async () => {
        await ended(child);
        rmSync(folder, { recursive: true, force: true });
    };
    return { url, stop };
}
