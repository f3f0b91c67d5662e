// A stand-in for the weather service, which takes its time as a service on the network does.
import { createServer } from "node:http";
import { once } from "node:events";

const DAYS = 7;
const day = (i) => new Date(Date.now() + i * 86_400_000).toISOString().slice(0, 10);
const each = (value) => Array.from({ length: DAYS }, () => value);

/** Each question takes this many ms: one request for the place, one for its weather. */
export async function weatherService(delay) {
    const http = createServer((request, response) => {
        const url = new URL(request.url, "http://here");
        const body = url.pathname === "/v1/search"
            ? { results: [{ name: url.searchParams.get("name"), country: "Somewhere", latitude: 48.8, longitude: 2.3 }] }
            : {
                current: { temperature_2m: 12, weather_code: 2, wind_speed_10m: 9 },
                daily: { time: Array.from({ length: DAYS }, (_, i) => day(i)), weather_code: each(3), temperature_2m_max: each(15), temperature_2m_min: each(7), precipitation_probability_max: each(20) },
            };
        setTimeout(() => response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body)), delay / 2);
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const stop = () => new Promise((resolve) => {
        http.close(resolve);
        http.closeAllConnections();
    });
    return { url: `http://127.0.0.1:${http.address().port}`, stop };
}
