package dev.parley.server.internal.json;

import dev.parley.server.Handshake;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes handshakes as JSON for other servers of the cluster, and reads them again. Stateless; any thread. */
public final class HandshakeJson {
    private HandshakeJson() {}

    /** Returns a handshake as JSON. */
    public static String write(Handshake handshake) {
        return JsonCodec.DEFAULT.write(new Fields(handshake.headers(), handshake.query(), handshake.address(),
                handshake.url(), handshake.time(), handshake.secure(), handshake.auth()));
    }

    /** Returns the handshake that {@link #write} has written. */
    public static Handshake read(String json, Handshake.AuthReader authReader) {
        var fields = ArgumentConverter.value(JsonCodec.DEFAULT, JsonCodec.DEFAULT.tree(json), Fields.class,
                () -> "handshake");
        return new Handshake(fields.headers, fields.query, fields.address, fields.url, fields.time,
                fields.secure, fields.auth, authReader);
    }

    private record Fields(Map<String, String> headers, Map<String, String> query, String address, String url,
            Instant time, boolean secure, @Nullable String auth) {}
}
