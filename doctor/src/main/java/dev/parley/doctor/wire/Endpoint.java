package dev.parley.doctor.wire;

/** Where to connect. */
public record Endpoint(String host, int port, boolean tls) {

    /** As the Host header has it: the port only if it is not the usual one. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    public String origin() {
        return (tls ? "https://" : "http://") + authority();
    }
}
