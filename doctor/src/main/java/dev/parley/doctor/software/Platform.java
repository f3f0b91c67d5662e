package dev.parley.doctor.software;

import java.util.Locale;

/** Platforms, proxies and servers that can be recognised. The codes are part of the JSON report. */
public enum Platform {
    APP_RUNNER("AWS App Runner"),
    ECS_EXPRESS("ECS Express Mode"),
    ALB("AWS Application Load Balancer"),
    API_GATEWAY("AWS API Gateway"),
    CLOUDFRONT("Amazon CloudFront"),
    CLOUD_RUN("Google Cloud Run"),
    GOOGLE_LB("Google Cloud Load Balancing"),
    HEROKU("Heroku"),
    CLOUDFLARE("Cloudflare"),
    AKAMAI("Akamai"),
    FASTLY("Fastly"),
    FRONT_DOOR("Azure Front Door"),
    AZURE("Azure App Service"),
    FLY("Fly.io"),
    RENDER("Render"),
    RAILWAY("Railway"),
    VERCEL("Vercel"),
    NETLIFY("Netlify"),
    NGROK("ngrok"),
    ISTIO("Istio"),
    ENVOY("Envoy"),
    INGRESS_NGINX("the nginx ingress of Kubernetes"),
    TRAEFIK("Traefik"),
    NGINX("nginx"),
    HAPROXY("HAProxy"),
    APACHE("Apache httpd"),
    CADDY("Caddy"),
    LIGHTTPD("lighttpd"),
    VARNISH("Varnish"),
    SQUID("Squid"),
    IIS("IIS"),
    VITE("the development server of Vite"),
    WEBPACK("the development server of webpack"),
    UNKNOWN("an unknown proxy or none"),
    NODE("a server on Node.js"),
    PYTHON("a server in Python"),
    DOTNET("a server on .NET"),
    SOCKETIOXIDE("a server with socketioxide"),
    GO("a program in Go, perhaps Traefik"),
    PARLEY("Parley");

    private final String title;

    Platform(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether this is the application's server, and not a component in front of it. */
    public boolean isServer() {
        return this == NODE || this == PYTHON || this == DOTNET || this == SOCKETIOXIDE || this == GO
                || this == PARLEY;
    }

    /** Returns whether functions answer the requests, each of which may start without a memory of the others. */
    public boolean isServerless() {
        return this == VERCEL || this == NETLIFY || this == API_GATEWAY;
    }

    /** Returns whether the tests of the doctor run this software. Remedies for the others name the documentation to compare with. */
    public boolean isTested() {
        return this == NGINX || this == HAPROXY || this == PARLEY;
    }
}
