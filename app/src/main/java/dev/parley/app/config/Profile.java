package dev.parley.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A place to run in, and what survives there: other defaults than usual, each with its reason. What somebody sets goes before them. */
public enum Profile {
    /** Nothing is known of what lies between. */
    DEFAULT,
    /** AWS App Runner. */
    APPRUNNER(
            new Choice("transports", "polling",
                    "the edge refuses WebSocket with 403, so an upgrade only costs a failed try"),
            new Choice("ping-interval", "25s", "a request may take 120 s in all"),
            new Choice("max-http-buffer-size", "100MB",
                    "what the original service took; the budget for unread bodies still holds"),
            new Choice("trusted-proxies", "private,link-local", "the edge speaks from a private address")),
    /** Amazon ECS Express Mode: Fargate behind an Application Load Balancer. */
    ECS_EXPRESS(new Choice("ping-interval", "20s", "the balancer cuts what is silent for 60 s"),
            new Choice("ping-timeout", "20s", "a dead connection shall be noticed before the balancer's cut"),
            new Choice("trusted-proxies", "private", "the balancer speaks from the network's private range")),
    /** AWS Application Load Balancer. */
    ALB(new Choice("ping-interval", "20s", "the balancer cuts what is silent for 60 s"),
            new Choice("ping-timeout", "20s", "a dead connection shall be noticed before the balancer's cut"),
            new Choice("trusted-proxies", "private", "the balancer speaks from the network's private range")),
    /** nginx on this machine or in this network. */
    NGINX(new Choice("ping-interval", "20s", "proxy_read_timeout is 60 s unless it is set"),
            new Choice("trusted-proxies", "loopback,private",
                    "nginx speaks from this machine or a private network")),
    /** Google Cloud Run. */
    CLOUDRUN(
            new Choice("ping-interval", "25s",
                    "a request lives for its timeout, 5 to 60 minutes, pings or no pings"),
            new Choice("trusted-proxies", "link-local,private",
                    "the front end speaks from a link-local address")),
    /** Heroku. */
    HEROKU(new Choice("ping-interval", "20s",
            "the router gives up a request after 30 s without a byte, later ones after 55 s"),
            new Choice("ping-timeout", "20s", "a dead connection shall be noticed before the router's cut"),
            new Choice("trusted-proxies", "private", "the router speaks from 10.0.0.0/8")),
    /** Cloudflare in front of, or a tunnel to, this server. */
    CLOUDFLARE(new Choice("ping-interval", "25s", "the edge cuts what is silent for 100 s"),
            new Choice("trusted-proxies", "loopback,private",
                    "a tunnel speaks from here; for the public edge name its ranges")),
    /** Fly.io. */
    FLY(new Choice("ping-interval", "20s", "the proxy cuts what is silent for 60 s"),
            new Choice("trusted-proxies", "private", "the proxy speaks from 172.16.0.0/12 or fc00::/7"));

    @SuppressWarnings("ImmutableEnumChecker") // List.of, of records of text
    private final List<Choice> choices;

    Profile(Choice... choices) {
        this.choices = List.of(choices);
    }

    /** As it is written in a setting. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Optional<Choice> choice(String setting) {
        return choices.stream().filter(choice -> choice.setting().equals(setting)).findFirst();
    }

    List<Choice> choices() {
        return choices;
    }
}
