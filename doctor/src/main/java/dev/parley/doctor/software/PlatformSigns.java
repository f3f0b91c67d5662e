package dev.parley.doctor.software;

import java.util.List;

/** The signs of each platform, each with its source. More specific signs come first; a platform precedes the components that it is built of. */
final class PlatformSigns {
    static final String RUN = "run here";
    private static final String AWS = "AWS documentation";
    private static final String GOOGLE = "Google Cloud documentation";

    private PlatformSigns() {}

    enum Kind {
        /** The end of the host name; the value is another part of it. */
        HOST,
        HEADER,
        COOKIE,
        /** The end of a name in a certificate that is not trusted. */
        CERTIFICATE,
        /** A text of a response. */
        PAGE
    }

    /** A sign of a platform. With an empty {@code value}, the name is enough. */
    record Sign(Platform platform, Kind kind, String name, String value, String source) {}

    static final List<Sign> ALL = List.of(host(Platform.APP_RUNNER, ".awsapprunner.com", "", AWS),
            host(Platform.ECS_EXPRESS, ".on.aws", ".ecs.", AWS),
            host(Platform.API_GATEWAY, ".amazonaws.com", ".execute-api.", AWS),
            host(Platform.CLOUD_RUN, ".run.app", "", GOOGLE),
            host(Platform.HEROKU, ".herokuapp.com", "", "Heroku Dev Center"),
            host(Platform.FRONT_DOOR, ".azurefd.net", "", "Azure documentation"),
            host(Platform.AZURE, ".azurewebsites.net", "", "Azure documentation"),
            host(Platform.FLY, ".fly.dev", "", "Fly documentation"),
            host(Platform.RENDER, ".onrender.com", "", "Render documentation"),
            host(Platform.RAILWAY, ".up.railway.app", "", "Railway documentation"),
            host(Platform.VERCEL, ".vercel.app", "", "Vercel documentation"),
            host(Platform.NETLIFY, ".netlify.app", "", "Netlify documentation"),
            host(Platform.NGROK, ".ngrok-free.app", "", "ngrok documentation"),
            host(Platform.NGROK, ".ngrok.io", "", "ngrok documentation"),
            host(Platform.CLOUDFRONT, ".cloudfront.net", "", AWS),
            host(Platform.ALB, ".elb.amazonaws.com", "", AWS),
            header(Platform.CLOUDFLARE, "cf-ray", "", "Cloudflare documentation: HTTP headers"),
            header(Platform.CLOUDFLARE, "server", "cloudflare", "Cloudflare documentation: HTTP headers"),
            cookie(Platform.CLOUDFLARE, "__cflb", "Cloudflare documentation: cookies"),
            header(Platform.AKAMAI, "server", "akamaighost", "Akamai documentation"),
            header(Platform.FRONT_DOOR, "x-azure-ref", "", "Azure documentation: headers of Front Door"),
            header(Platform.VERCEL, "x-vercel-id", "", "Vercel documentation: response headers"),
            header(Platform.NETLIFY, "x-nf-request-id", "", "Netlify documentation"),
            header(Platform.RAILWAY, "x-railway-request-id", "", "Railway documentation"),
            header(Platform.NGROK, "ngrok-error-code", "", "ngrok documentation: errors"),
            header(Platform.API_GATEWAY, "apigw-requestid", "", AWS),
            header(Platform.CLOUDFRONT, "x-amz-cf-id", "", AWS),
            header(Platform.FASTLY, "x-served-by", "cache-", "Fastly documentation: X-Served-By"),
            header(Platform.FLY, "fly-request-id", "", "Fly documentation"),
            header(Platform.FLY, "server", "fly/", "Fly documentation"),
            header(Platform.RENDER, "x-render-origin-server", "", "Render documentation"),
            header(Platform.HEROKU, "via", "vegur", "Heroku Dev Center"),
            header(Platform.HEROKU, "server", "heroku", "Heroku Dev Center"),
            header(Platform.HEROKU, "via", "heroku-router", "Heroku Dev Center"),
            header(Platform.CLOUD_RUN, "server", "google frontend", GOOGLE),
            cookie(Platform.CLOUD_RUN, "GAESA", GOOGLE), cookie(Platform.GOOGLE_LB, "GCLB", GOOGLE),
            header(Platform.GOOGLE_LB, "via", "1.1 google", GOOGLE),
            cookie(Platform.AZURE, "ARRAffinity", "Azure documentation: ARR affinity"),
            cookie(Platform.AZURE, "ARRAffinitySameSite", "Azure documentation: ARR affinity"),
            cookie(Platform.ALB, "AWSALB", AWS), cookie(Platform.ALB, "AWSALBCORS", AWS),
            cookie(Platform.ALB, "AWSALBTG", AWS), cookie(Platform.ALB, "AWSALBAPP-0", AWS),
            cookie(Platform.ALB, "AWSELB", AWS), header(Platform.ALB, "server", "awselb", AWS),
            header(Platform.ISTIO, "server", "istio-envoy", "Istio documentation"),
            header(Platform.ENVOY, "server", "envoy", "Envoy documentation: server_name"),
            header(Platform.ENVOY, "x-envoy-upstream-service-time", "", "Envoy documentation: headers"),
            cookie(Platform.INGRESS_NGINX, "INGRESSCOOKIE", "ingress-nginx documentation: sticky sessions"),
            new Sign(Platform.INGRESS_NGINX, Kind.CERTIFICATE, "ingress.local", "",
                    "ingress-nginx documentation: default certificate"),
            new Sign(Platform.TRAEFIK, Kind.CERTIFICATE, ".traefik.default", "",
                    "Traefik documentation: default certificate"),
            header(Platform.NGINX, "server", "nginx", RUN),
            header(Platform.NGINX, "server", "openresty", RUN),
            header(Platform.HAPROXY, "server", "haproxy", RUN), cookie(Platform.HAPROXY, "SERVERID", RUN),
            cookie(Platform.HAPROXY, "SRVNAME", RUN),
            page(Platform.HAPROXY,
                    "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.",
                    RUN),
            page(Platform.HAPROXY,
                    "<html><body><h1>504 Gateway Time-out</h1>\nThe server didn't respond in time.", RUN),
            page(Platform.HAPROXY,
                    "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.", RUN),
            header(Platform.APACHE, "server", "apache", "Apache documentation: ServerTokens"),
            cookie(Platform.APACHE, "ROUTEID", "Apache documentation: mod_proxy_balancer"),
            header(Platform.CADDY, "server", "caddy", "Caddy documentation"),
            header(Platform.CADDY, "via", "caddy", "Caddy documentation: reverse_proxy"),
            header(Platform.LIGHTTPD, "server", "lighttpd", "lighttpd documentation: server.tag"),
            header(Platform.VARNISH, "x-varnish", "", "Varnish documentation: built-in VCL"),
            header(Platform.VARNISH, "via", "varnish", "Varnish documentation: built-in VCL"),
            header(Platform.SQUID, "x-squid-error", "", "Squid documentation: error pages"),
            header(Platform.SQUID, "via", "squid", "Squid documentation: via"),
            header(Platform.SQUID, "server", "squid", "Squid documentation: error pages"),
            header(Platform.IIS, "server", "microsoft-iis", "IIS documentation"),
            header(Platform.NODE, "x-powered-by", "express", "Express documentation"),
            header(Platform.PYTHON, "server", "werkzeug", "Werkzeug documentation"),
            header(Platform.PYTHON, "server", "gunicorn", "gunicorn documentation"),
            header(Platform.PYTHON, "server", "uvicorn", "Uvicorn documentation"),
            header(Platform.PYTHON, "server", "aiohttp", "aiohttp documentation"),
            header(Platform.PYTHON, "server", "tornadoserver", "Tornado documentation"),
            page(Platform.PYTHON, "\"Not an accepted origin.\"", "python-engineio source"),
            page(Platform.PYTHON, " is not an accepted origin.", "python-engineio source"),
            page(Platform.PYTHON, "\"Invalid session", "python-engineio source"),
            page(Platform.PYTHON, "The client is using an unsupported version of the Socket.IO",
                    "python-engineio source"),
            header(Platform.DOTNET, "server", "kestrel", "ASP.NET documentation"),
            page(Platform.SOCKETIOXIDE, "{\"code\":\"1\",\"message\":", "engineioxide source: errors"),
            page(Platform.SOCKETIOXIDE, "{\"code\":\"3\",\"message\":", "engineioxide source: errors"),
            page(Platform.GO, "404 page not found", "Go documentation: net/http, NotFoundHandler"));

    private static Sign host(Platform platform, String ending, String part, String source) {
        return new Sign(platform, Kind.HOST, ending, part, source);
    }

    private static Sign header(Platform platform, String name, String value, String source) {
        return new Sign(platform, Kind.HEADER, name, value, source);
    }

    private static Sign cookie(Platform platform, String name, String source) {
        return new Sign(platform, Kind.COOKIE, name, "", source);
    }

    private static Sign page(Platform platform, String text, String source) {
        return new Sign(platform, Kind.PAGE, text, "", source);
    }
}
