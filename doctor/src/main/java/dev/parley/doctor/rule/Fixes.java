package dev.parley.doctor.rule;

import java.time.Duration;

/** Settings that fix a finding, for the detected platform or for common ones. */
final class Fixes {

    private Fixes() {}

    /** Returns how to forward WebSocket. */
    static String webSocket(Platform platform) {
        return switch (platform) {
            case APP_RUNNER ->
                "App Runner does not forward WebSocket and has no setting for it. Stay on polling: transports: [\"polling\"] in the client "
                        + "saves the failing attempt. For WebSocket, move to ECS behind an ALB.";
            case ECS_EXPRESS ->
                "ECS Express Mode's load balancer forwards WebSocket. Check how the container responds to Upgrade.";
            case ALB ->
                "An ALB forwards WebSocket by default. Look for a listener rule or WAF rule that responds instead, and for a proxy behind it.";
            case NGINX ->
                "In the location of Socket.IO: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
                        + "proxy_set_header Connection \"upgrade\"; proxy_set_header Host $host;";
            case HAPROXY ->
                "HAProxy forwards WebSocket by default in mode http: look for http-request deny, del-header Upgrade, or option httpclose; "
                        + "and set timeout tunnel 1h.";
            case CLOUDFLARE ->
                "Network > WebSockets must be on in the Cloudflare dashboard of the zone; a WAF rule may block Upgrade, too.";
            case AZURE ->
                "az webapp config set --web-sockets-enabled true (portal: Configuration > General settings > Web sockets). "
                        + "The free plan allows 5 sockets.";
            case CLOUD_RUN ->
                "Cloud Run forwards WebSocket unless end-to-end HTTP/2 is on: gcloud run services update NAME --no-use-http2.";
            case HEROKU -> "Heroku forwards WebSocket by default. Check how the dyno responds to Upgrade.";
            case FLY -> "In fly.toml the service needs handlers = [\"http\"] (with \"tls\"), not h2_backend.";
            case RENDER -> "Render forwards WebSocket by default. Check how the service responds to Upgrade.";
            case ENVOY ->
                "In the HTTP connection manager (or the route): upgrade_configs: [{upgrade_type: websocket}].";
            case UNKNOWN ->
                "Configure the proxy to forward the headers Upgrade and Connection with HTTP/1.1. nginx: proxy_http_version 1.1; proxy_set_header "
                        + "Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\". Apache: ProxyPass … upgrade=websocket.";
        };
    }

    /** Returns how to route the requests of a session to one server. */
    static String affinity(Platform platform) {
        return switch (platform) {
            case APP_RUNNER ->
                "App Runner has no affinity. Run one instance (MaxSize 1 in the auto scaling configuration, and MaxConcurrency above "
                        + "twice the sessions), or a server that routes requests to the owner of their session.";
            case ECS_EXPRESS, ALB ->
                "On the target group: stickiness.enabled=true, stickiness.type=lb_cookie "
                        + "(aws elbv2 modify-target-group-attributes); the client needs withCredentials if its page is of another origin.";
            case NGINX ->
                "In the upstream: hash $remote_addr consistent; (or ip_hash;). Behind another proxy, hash on "
                        + "$http_x_forwarded_for.";
            case HAPROXY ->
                "In the backend: cookie SERVERID insert indirect nocache, and cookie NAME on each server line; or balance source.";
            case CLOUDFLARE ->
                "Load Balancing > Session affinity: by cookie. Without Load Balancing, set affinity at the origin's own balancer.";
            case AZURE -> "az webapp update --client-affinity-enabled true.";
            case CLOUD_RUN -> "gcloud run services update NAME --session-affinity, or --max-instances 1.";
            case HEROKU -> "heroku features:enable http-session-affinity.";
            case FLY ->
                "Answer requests of foreign sessions with the header fly-replay: instance=ID, or run one machine.";
            case RENDER ->
                "Render has no affinity: run one instance, or a server that routes requests to the owner of their session.";
            case ENVOY -> "Route with hash_policy on a cookie and lb_policy RING_HASH or MAGLEV.";
            case UNKNOWN ->
                "Configure the load balancer to route each client to one server, by cookie or by client address. "
                        + "Or run one instance.";
        };
    }

    /** Returns how to keep idle connections open. */
    static String idle(Platform platform, Duration survives) {
        String server = "Set the server's pingInterval to " + survives.toMillis()
                + " ms or less (Parley: --ping-interval " + survives.toMillis() + "ms)";
        return server + switch (platform) {
            case NGINX -> ", or in nginx: proxy_read_timeout 90s; proxy_send_timeout 90s;";
            case HAPROXY -> ", or in HAProxy: timeout server 90s, timeout client 90s, timeout tunnel 1h.";
            case ECS_EXPRESS, ALB -> ", or on the load balancer: idle_timeout.timeout_seconds=120.";
            case HEROKU ->
                ". Heroku's limits (30 s to the first byte, 55 s between bytes) cannot be changed.";
            case CLOUDFLARE -> ". Cloudflare's limit of 100 s can be changed by Enterprise plans only.";
            case CLOUD_RUN -> ", or: gcloud run services update NAME --timeout 3600.";
            case APP_RUNNER -> ". App Runner's limit of 120 s for each request cannot be changed.";
            case AZURE -> ". Azure's limit of 230 s cannot be changed.";
            case FLY -> ", or in fly.toml: [http_service.http_options] idle_timeout = 90.";
            case RENDER -> ". Render's limit of 100 s cannot be changed.";
            case ENVOY -> ", or in Envoy: the route's timeout: 0s and idle_timeout: 90s.";
            case UNKNOWN -> ", or raise the idle timeout of the proxy above pingInterval.";
        };
    }

    /** To let larger bodies pass. */
    static String payload(Platform platform, long bytes, long passes) {
        String lower = " Or lower the server's limit to what passes: maxHttpBufferSize " + passes
                + ", so that clients know it.";
        return switch (platform) {
            case NGINX ->
                "In the location of Socket.IO: client_max_body_size " + (bytes / 1024 + 1) + "k;" + lower;
            case HAPROXY ->
                "Look for http-request deny with req.body_size or req.hdr(content-length); tune.bufsize if bodies are inspected."
                        + lower;
            case CLOUDFLARE -> "Cloudflare allows 100 MB by default. Check the proxy of the origin." + lower;
            case APP_RUNNER, ECS_EXPRESS, ALB, CLOUD_RUN, HEROKU, AZURE, FLY, RENDER, ENVOY, UNKNOWN ->
                "Raise the limit of the proxy for request bodies to " + bytes
                        + " bytes (nginx: client_max_body_size)." + lower;
        };
    }

    /** Returns how to keep CORS headers on errors. */
    static String corsOnErrors(Platform platform) {
        return switch (platform) {
            case NGINX ->
                "If nginx sets the headers: add_header Access-Control-Allow-Origin … always; (without \"always\" errors lack it). If the server "
                        + "sets them: look for proxy_hide_header and error_page, and use proxy_intercept_errors off;";
            case HAPROXY ->
                "Use http-after-response set-header, which also reaches HAProxy's own errors, instead of http-response set-header.";
            case APP_RUNNER, ECS_EXPRESS, ALB, CLOUD_RUN, HEROKU, CLOUDFLARE, AZURE, FLY, RENDER, ENVOY,
                    UNKNOWN ->
                "Configure the component that sets the CORS headers to set them on responses of every status.";
        };
    }

    /** Returns how to forward responses without buffering. */
    static String buffering(Platform platform) {
        return switch (platform) {
            case NGINX -> "In the location of Socket.IO: proxy_buffering off; proxy_cache off; gzip off;";
            case HAPROXY -> "Remove option http-buffer-request and compression for this path.";
            case APP_RUNNER, ECS_EXPRESS, ALB, CLOUD_RUN, HEROKU, CLOUDFLARE, AZURE, FLY, RENDER, ENVOY,
                    UNKNOWN ->
                "Find the component that scans, caches or buffers responses for this path, and exempt it. A TLS connection cannot be scanned.";
        };
    }
}
