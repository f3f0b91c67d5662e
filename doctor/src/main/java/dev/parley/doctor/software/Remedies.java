package dev.parley.doctor.software;

import static dev.parley.doctor.software.Remedy.lines;
import static dev.parley.doctor.software.Remedy.words;

import java.time.Duration;

/** Remedies for the recognised software. For unknown software, and where a product has no setting, words only. Stateless. */
public final class Remedies {

    private Remedies() {}

    /** Returns how to forward WebSocket. */
    public static Remedy webSocket(Platform platform) {
        return checked(platform, switch (platform) {
            case APP_RUNNER -> words(
                    "App Runner does not forward WebSocket and has no setting for it. Stay on polling: transports: [\"polling\"] in the client "
                            + "saves the failing attempt. For WebSocket, move to ECS behind an ALB.");
            case ECS_EXPRESS -> words(
                    "ECS Express Mode's load balancer forwards WebSocket. Check how the container responds to Upgrade.");
            case ALB -> words(
                    "An ALB forwards WebSocket by default. Look for a listener rule or WAF rule that responds instead, and for a proxy behind it.");
            case API_GATEWAY -> words(
                    "An HTTP or REST API of API Gateway cannot carry the WebSockets of Socket.IO. Route clients to the server through an ALB.");
            case CLOUDFRONT -> words(
                    "CloudFront forwards WebSocket if the origin request policy forwards the headers Sec-WebSocket-* and the query (AllViewer).");
            case FASTLY ->
                words("Fastly forwards WebSocket only where the service enables it: WebSockets passthrough.");
            case VERCEL, NETLIFY -> words("Functions of " + platform.title()
                    + " hold no WebSocket. Run the Socket.IO server on a platform with processes that stay, and point clients there.");
            case NGINX -> lines("In the location of Socket.IO:", "proxy_http_version 1.1;",
                    "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection \"upgrade\";",
                    "proxy_set_header Host $host;");
            case INGRESS_NGINX -> words(
                    "The ingress forwards WebSocket by default. Look for a snippet that sets the header Connection, and for a proxy in front of it.");
            case HAPROXY -> lines(
                    "HAProxy forwards WebSocket by default in mode http: look for http-request deny, del-header Upgrade, or option httpclose; and set:",
                    "timeout tunnel 1h");
            case APACHE -> lines("With Apache 2.4.47 or newer and mod_proxy_http:",
                    "ProxyPass \"/socket.io/\" \"http://127.0.0.1:3000/socket.io/\" upgrade=websocket");
            case CADDY -> lines(
                    "Caddy forwards WebSocket by default. Look for request_header or header_up lines that drop Upgrade or Connection; this is enough:",
                    "reverse_proxy /socket.io/* 127.0.0.1:3000");
            case LIGHTTPD ->
                lines("For the host of mod_proxy:", "proxy.header = ( \"upgrade\" => \"enable\" )");
            case VARNISH -> lines("Varnish needs a pipe for WebSocket:",
                    "sub vcl_recv { if (req.http.Upgrade ~ \"(?i)websocket\") { return (pipe); } }",
                    "sub vcl_pipe { if (req.http.Upgrade) { set bereq.http.Upgrade = req.http.Upgrade; set bereq.http.Connection = req.http.Connection; } }");
            case SQUID ->
                lines("With Squid 5 or newer:", "http_upgrade_request_protocols websocket allow all");
            case TRAEFIK -> words(
                    "Traefik forwards WebSocket by default. Look for a middleware that changes the header Connection.");
            case CLOUDFLARE -> words(
                    "Network > WebSockets must be on in the Cloudflare dashboard of the zone; a WAF rule may block Upgrade, too.");
            case AZURE -> lines("The free plan allows 5 sockets. Turn WebSocket on:",
                    "az webapp config set --web-sockets-enabled true");
            case IIS -> lines("The WebSocket protocol must be installed for IIS to forward it:",
                    "Install-WindowsFeature Web-WebSockets");
            case CLOUD_RUN -> lines("Cloud Run forwards WebSocket unless end-to-end HTTP/2 is on:",
                    "gcloud run services update NAME --no-use-http2");
            case HEROKU ->
                words("Heroku forwards WebSocket by default. Check how the dyno responds to Upgrade.");
            case FLY ->
                words("In fly.toml the service needs handlers = [\"http\"] (with \"tls\"), not h2_backend.");
            case RENDER ->
                words("Render forwards WebSocket by default. Check how the service responds to Upgrade.");
            case ENVOY -> lines("In the HTTP connection manager (or the route):",
                    "upgrade_configs: [{upgrade_type: websocket}]");
            case VITE -> lines("In vite.config.js the proxy needs ws:",
                    "server: { proxy: { \"/socket.io\": { target: \"http://localhost:3000\", ws: true } } }");
            case WEBPACK -> lines("In the configuration of webpack the proxy needs ws:",
                    "devServer: { proxy: [{ context: [\"/socket.io\"], target: \"http://localhost:3000\", ws: true }] }");
            case UNKNOWN -> words(
                    "Configure the proxy to forward the headers Upgrade and Connection to the server, with HTTP/1.1.");
            default -> words("Configure " + platform.title()
                    + " to forward WebSocket, with the headers Upgrade and Connection.");
        });
    }

    /** Returns how to route the requests of a session to one server. */
    public static Remedy affinity(Platform platform) {
        return checked(platform, switch (platform) {
            case APP_RUNNER ->
                words("App Runner has no affinity. Run one instance (MaxSize 1 in the auto scaling configuration, and MaxConcurrency above "
                        + "twice the sessions), or a server that routes requests to the owner of their session.");
            case ECS_EXPRESS, ALB -> lines(
                    "On the target group (the client needs withCredentials if its page is of another origin):",
                    "aws elbv2 modify-target-group-attributes --target-group-arn ARN --attributes Key=stickiness.enabled,Value=true Key=stickiness.type,Value=lb_cookie");
            case NGINX -> lines("In the upstream:", "hash $remote_addr consistent;",
                    "# or, behind another proxy: hash $http_x_forwarded_for consistent;");
            case INGRESS_NGINX ->
                lines("Annotations of the ingress:", "nginx.ingress.kubernetes.io/affinity: \"cookie\"",
                        "nginx.ingress.kubernetes.io/session-cookie-name: \"route\"");
            case HAPROXY -> lines("In the backend, with cookie NAME on each server line; or balance source:",
                    "cookie SERVERID insert indirect nocache");
            case APACHE -> lines("In the balancer, with route=NAME on each BalancerMember:",
                    "Header add Set-Cookie \"ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/\" env=BALANCER_ROUTE_CHANGED",
                    "ProxySet stickysession=ROUTEID");
            case CADDY -> lines("In reverse_proxy:", "lb_policy cookie");
            case TRAEFIK ->
                lines("On the service:", "traefik.http.services.NAME.loadbalancer.sticky.cookie=true");
            case LIGHTTPD -> lines("For mod_proxy:", "proxy.balance = \"sticky\"");
            case VARNISH ->
                words("Use the director hash or shard with the client's address or a cookie as the key.");
            case CLOUDFLARE -> words(
                    "Load Balancing > Session affinity: by cookie. Without Load Balancing, set affinity at the origin's own balancer.");
            case AZURE -> lines("Turn affinity on:", "az webapp update --client-affinity-enabled true");
            case CLOUD_RUN -> lines("Turn affinity on, or run one instance (--max-instances 1):",
                    "gcloud run services update NAME --session-affinity");
            case GOOGLE_LB -> lines("On the backend service:",
                    "gcloud compute backend-services update NAME --session-affinity=GENERATED_COOKIE");
            case HEROKU -> lines("Turn affinity on:", "heroku features:enable http-session-affinity");
            case FLY -> words(
                    "Answer requests of foreign sessions with the header fly-replay: instance=ID, or run one machine.");
            case RENDER -> words(
                    "Render has no affinity: run one instance, or a server that routes requests to the owner of their session.");
            case RAILWAY -> words(
                    "Railway has no affinity: run one replica, or a server that routes requests to the owner of their session.");
            case VERCEL, NETLIFY, API_GATEWAY -> words(platform.title()
                    + " answers each request from a function without a memory of the others. Run the Socket.IO server on a platform with processes that stay.");
            case ENVOY, ISTIO -> words(
                    "Route with a hash policy on a cookie: in Envoy hash_policy and lb_policy RING_HASH, in Istio consistentHash of a DestinationRule.");
            case UNKNOWN -> words(
                    "Configure the load balancer to route each client to one server, by cookie or by client address. "
                            + "Or run one instance.");
            default -> words("Configure session affinity in " + platform.title()
                    + ", by cookie or by client address, or run one instance.");
        });
    }

    /** Returns how to keep idle connections open. {@code survives} is the longest safe pingInterval; zero if none is known. */
    public static Remedy idle(Platform platform, Duration survives) {
        String server = survives.isZero() ? "Raise the limit of the component that closes connections"
                : "Set the server's pingInterval to " + survives.toMillis()
                        + " ms or less (Parley: --ping-interval " + survives.toMillis() + "ms)";
        return checked(platform, switch (platform) {
            case NGINX ->
                lines(server + ", or in nginx:", "proxy_read_timeout 90s;", "proxy_send_timeout 90s;");
            case INGRESS_NGINX -> lines(server + ", or as annotations of the ingress:",
                    "nginx.ingress.kubernetes.io/proxy-read-timeout: \"3600\"",
                    "nginx.ingress.kubernetes.io/proxy-send-timeout: \"3600\"");
            case HAPROXY -> lines(server + ", or in HAProxy:", "timeout server 90s", "timeout client 90s",
                    "timeout tunnel 1h");
            case APACHE -> lines(server + ", or in Apache:", "ProxyTimeout 90");
            case ECS_EXPRESS, ALB -> lines(server + ", or on the load balancer:",
                    "aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=idle_timeout.timeout_seconds,Value=120");
            case HEROKU -> words(server
                    + ". Heroku's limits (30 s to the first byte, 55 s between bytes) cannot be changed.");
            case CLOUDFLARE ->
                words(server + ". Cloudflare's limit of 100 s can be changed by Enterprise plans only.");
            case CLOUD_RUN -> lines(server + ", or:", "gcloud run services update NAME --timeout 3600");
            case APP_RUNNER ->
                words(server + ". App Runner's limit of 120 s for each request cannot be changed.");
            case AZURE -> words(server + ". Azure's limit of 230 s cannot be changed.");
            case FLY ->
                lines(server + ", or in fly.toml:", "[http_service.http_options]", "idle_timeout = 90");
            case RENDER -> words(server + ".");
            case ENVOY -> words(server + ", or in Envoy: the route's timeout: 0s and idle_timeout: 90s.");
            case UNKNOWN -> words(server + ", or raise the idle timeout of the proxy above pingInterval.");
            default ->
                words(server + ", or raise the idle timeout of " + platform.title() + " above pingInterval.");
        });
    }

    /** Returns how to let larger bodies pass. */
    public static Remedy payload(Platform platform, long bytes, long passes) {
        String lower = "Or lower the server's limit to what passes: maxHttpBufferSize " + passes
                + ", so that clients know it.";
        return checked(platform, switch (platform) {
            case NGINX ->
                lines("In the location of Socket.IO:", "client_max_body_size " + (bytes / 1024 + 1) + "k;");
            case INGRESS_NGINX -> lines("Annotation of the ingress:",
                    "nginx.ingress.kubernetes.io/proxy-body-size: \"" + (bytes / 1024 + 1) + "k\"");
            case APACHE -> lines("In the location of Socket.IO:", "LimitRequestBody " + bytes);
            case CADDY -> lines("In the site, raise or remove:", "request_body {",
                    "    max_size " + (bytes / 1000 + 1) + "KB", "}");
            case LIGHTTPD -> lines("In kilobytes:", "server.max-request-size = " + (bytes / 1024 + 1));
            case HAPROXY -> words(
                    "Look for http-request deny with req.body_size or req.hdr(content-length); tune.bufsize if bodies are inspected.");
            case CLOUDFLARE -> words("Cloudflare allows 100 MB by default. Check the proxy of the origin.");
            case UNKNOWN -> words("Raise the limit of the proxy for request bodies to " + bytes + " bytes.");
            default -> words(
                    "Raise the limit of " + platform.title() + " for request bodies to " + bytes + " bytes.");
        }).and(lower);
    }

    /** Returns how to keep CORS headers on errors. */
    public static Remedy corsOnErrors(Platform platform) {
        return checked(platform, switch (platform) {
            case NGINX -> lines(
                    "If the server sets the headers: look for proxy_hide_header and error_page, and use proxy_intercept_errors off; "
                            + "If nginx sets them (without \"always\" errors lack it):",
                    "add_header Access-Control-Allow-Origin … always;");
            case APACHE -> lines("Without \"always\" errors lack the header:",
                    "Header always set Access-Control-Allow-Origin \"https://your.page\"");
            case HAPROXY -> words(
                    "Use http-after-response set-header, which also reaches HAProxy's own errors, instead of http-response set-header.");
            default -> words(
                    "Configure the component that sets the CORS headers to set them on responses of every status.");
        });
    }

    /** Returns how to forward responses without buffering, caching or compression. */
    public static Remedy buffering(Platform platform) {
        return checked(platform, switch (platform) {
            case NGINX -> lines("In the location of Socket.IO:", "proxy_buffering off;", "proxy_cache off;",
                    "gzip off;");
            case INGRESS_NGINX ->
                lines("Annotation of the ingress:", "nginx.ingress.kubernetes.io/proxy-buffering: \"off\"");
            case CADDY -> lines("In reverse_proxy:", "flush_interval -1");
            case HAPROXY -> words("Remove compression for this path.");
            case APACHE -> lines("On the ProxyPass of Socket.IO, flushpackets=on; and no compression:",
                    "ProxyPass \"/socket.io/\" \"http://127.0.0.1:3000/socket.io/\" upgrade=websocket flushpackets=on",
                    "SetEnvIf Request_URI ^/socket\\.io/ no-gzip");
            default -> words(
                    "Find the component that scans, caches or buffers responses for this path, and exempt it. A TLS connection cannot be scanned.");
        });
    }

    /** Returns how to keep a cache from answering handshakes. */
    public static Remedy cache(Platform platform) {
        return checked(platform, switch (platform) {
            case NGINX -> lines("In the location of Socket.IO:", "proxy_cache off;");
            case VARNISH -> lines("Varnish must not cache Socket.IO:",
                    "sub vcl_recv { if (req.url ~ \"^/socket.io/\") { return (pass); } }");
            case CLOUDFRONT -> words(
                    "For the behaviour of this path: the managed cache policy CachingDisabled and the origin request policy AllViewer.");
            case CLOUDFLARE -> words("Caching > Cache Rules: bypass the cache for this path.");
            default -> words(
                    "Exclude this path from the cache. The key of a cache must at least contain the query.");
        });
    }

    /** Adds the documentation to compare with where the settings were never tried in the tests of the doctor. */
    private static Remedy checked(Platform platform, Remedy remedy) {
        return platform.isTested() || platform == Platform.UNKNOWN ? remedy
                : new Remedy(
                        remedy.words().replaceFirst("[.:]$", "") + " (compare with the documentation of "
                                + platform.title() + ")" + (remedy.lines().isEmpty() ? "." : ":"),
                        remedy.lines());
    }
}
