package dev.parley.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A platform with its own defaults, each with a reason. Explicit settings override them. */
public enum Profile {
    /** No assumption about proxies or networks. */
    DEFAULT,
    /** AWS App Runner. */
    APPRUNNER(
            new ProfileDefault("transports", "polling",
                    "the edge rejects WebSocket with 403, so an upgrade would only fail"),
            new ProfileDefault("ping-interval", "25s", "a request may take at most 120 s"),
            new ProfileDefault("max-http-buffer-size", "100MB",
                    "the limit of the original service; the memory budget still applies"),
            new ProfileDefault("trusted-proxies", "private,link-local",
                    "the edge connects from a private address")),
    /** Amazon ECS Express Mode: Fargate behind an Application Load Balancer. */
    ECS_EXPRESS(
            new ProfileDefault("ping-interval", "20s",
                    "the load balancer closes connections that are idle for 60 s"),
            new ProfileDefault("ping-timeout", "20s",
                    "a dead connection must be detected before the load balancer closes it"),
            new ProfileDefault("trusted-proxies", "private",
                    "the load balancer connects from the network's private range")),
    /** AWS Application Load Balancer. */
    ALB(new ProfileDefault("ping-interval", "20s",
            "the load balancer closes connections that are idle for 60 s"),
            new ProfileDefault("ping-timeout", "20s",
                    "a dead connection must be detected before the load balancer closes it"),
            new ProfileDefault("trusted-proxies", "private",
                    "the load balancer connects from the network's private range")),
    /** nginx on this machine or in this network. */
    NGINX(new ProfileDefault("ping-interval", "20s", "proxy_read_timeout is 60 s by default"),
            new ProfileDefault("trusted-proxies", "loopback,private",
                    "nginx connects from this machine or a private network")),
    /** Google Cloud Run. */
    CLOUDRUN(
            new ProfileDefault("ping-interval", "25s",
                    "a request ends after its timeout of 5 to 60 minutes, with or without pings"),
            new ProfileDefault("trusted-proxies", "link-local,private",
                    "the front end connects from a link-local address")),
    /** Heroku. */
    HEROKU(new ProfileDefault("ping-interval", "20s",
            "the router ends a request after 30 s without a first byte, and after 55 s between later ones"),
            new ProfileDefault("ping-timeout", "20s",
                    "a dead connection must be detected before the router closes it"),
            new ProfileDefault("trusted-proxies", "private", "the router connects from 10.0.0.0/8")),
    /** Cloudflare in front of, or a tunnel to, this server. */
    CLOUDFLARE(
            new ProfileDefault("ping-interval", "25s", "the edge closes connections that are idle for 100 s"),
            new ProfileDefault("trusted-proxies", "loopback,private",
                    "a tunnel connects from this machine; for the public edge set its ranges")),
    /** Fly.io. */
    FLY(new ProfileDefault("ping-interval", "20s", "the proxy closes connections that are idle for 60 s"),
            new ProfileDefault("trusted-proxies", "private",
                    "the proxy connects from 172.16.0.0/12 or fc00::/7"));

    @SuppressWarnings("ImmutableEnumChecker") // an immutable list of records of strings
    private final List<ProfileDefault> choices;

    Profile(ProfileDefault... choices) {
        this.choices = List.of(choices);
    }

    /** The profile's name as the value of a setting. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Optional<ProfileDefault> choice(String setting) {
        return choices.stream().filter(choice -> choice.setting().equals(setting)).findFirst();
    }

    List<ProfileDefault> choices() {
        return choices;
    }
}
