package dev.parley.doctor.wire;

/** Host, port and scheme of a server. */
public record ServerAddress(String host, int port, boolean tls) {

    /** Returns the value of the Host header, without the default port. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    public String origin() {
        return (tls ? "https://" : "http://") + authority();
    }
}
