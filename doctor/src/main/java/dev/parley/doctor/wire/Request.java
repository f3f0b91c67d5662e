package dev.parley.doctor.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An HTTP/1.1 request with exactly these headers; Content-Length and a missing Host are added. */
public record Request(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    public Request {
        headers = List.copyOf(headers);
    }

    public static Request get(String target) {
        return new Request("GET", target, List.of(), NOTHING);
    }

    public static Request post(String target, String body) {
        return new Request("POST", target, List.of(Map.entry("Content-Type", "text/plain;charset=UTF-8")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    public Request with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Request(method, target, more, body);
    }

    /** Returns a request with these headers, which replace those of the same names; cookies are joined. */
    public Request with(Map<String, String> added) {
        var more = new ArrayList<>(headers);
        added.forEach((name, value) -> {
            var there = more.stream().filter(header -> header.getKey().equalsIgnoreCase(name)).toList();
            more.removeAll(there);
            boolean joins = name.equalsIgnoreCase("Cookie") && !there.isEmpty();
            more.add(Map.entry(name, joins ? value + "; " + there.getFirst().getValue() : value));
        });
        return new Request(method, target, more, body);
    }

    byte[] bytes(String authority) {
        var head = new StringBuilder().append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Host"))) {
            head.append("Host: ").append(authority).append("\r\n");
        }
        headers.forEach(
                header -> head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
        if (body.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
