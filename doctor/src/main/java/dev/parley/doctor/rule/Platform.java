package dev.parley.doctor.rule;

import java.util.Locale;

/** Platforms and proxies that can be detected between a browser and a server. */
public enum Platform {
    APP_RUNNER("AWS App Runner"),
    ECS_EXPRESS("ECS Express Mode"),
    ALB("AWS Application Load Balancer"),
    CLOUD_RUN("Google Cloud Run"),
    HEROKU("Heroku"),
    CLOUDFLARE("Cloudflare"),
    AZURE("Azure App Service"),
    FLY("Fly.io"),
    RENDER("Render"),
    ENVOY("Envoy"),
    NGINX("nginx"),
    HAPROXY("HAProxy"),
    UNKNOWN("an unknown proxy or none");

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
}
