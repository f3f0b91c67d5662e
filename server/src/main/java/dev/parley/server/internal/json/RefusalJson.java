package dev.parley.server.internal.json;

import dev.parley.server.RefusedException;

/** Writes the payload of CONNECT_ERROR packets. Stateless; any thread. */
public final class RefusalJson {
    private RefusalJson() {}

    /** Returns a refusal as {@code {"message":…,"data":…}}, or without data when it has none. */
    public static String write(RefusedException refusal, JsonCodec json) {
        String text = "{\"message\":" + JsonCodec.quoted(String.valueOf(refusal.getMessage()));
        return refusal.data().map(data -> text + ",\"data\":" + json.write(data) + "}").orElse(text + "}");
    }
}
