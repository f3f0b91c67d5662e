package dev.parley.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Client without any SDK, which signs correctly and can be made to break each rule of the wire. */
final class Caller implements AutoCloseable {

    private static final String PATH = "/model/amazon.nova-2-sonic-v1%3A0/invoke-with-bidirectional-stream";
    private static final String STREAMING = "STREAMING-AWS4-HMAC-SHA256-EVENTS";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private final Vertx vertx = Vertx.vertx();
    /** Kept in a field: an unreferenced client closes its connections when it is collected. */
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final HttpClientRequest request;
    private final Future<Buffer> told;
    private final byte[] key;
    private final String scope;
    private String previous;

    /**
     * Opens a stream; sends the head and nothing else.
     *
     * @param time the time with which the request is signed
     * @param day  the day of the signature's scope
     */
    Caller(int port, String time, String day) throws Exception {
        scope = day + "/us-east-1/bedrock/aws4_request";
        byte[] derived = "AWS4parley".getBytes(UTF_8);
        for (String part : List.of(day, "us-east-1", "bedrock", "aws4_request")) {
            derived = hmac(derived, part);
        }
        key = derived;
        var headers = new TreeMap<>(
                Map.of("host", "127.0.0.1:" + port, "x-amz-content-sha256", STREAMING, "x-amz-date", time));
        var canonical = new StringBuilder("POST\n" + PATH.replace("%", "%25") + "\n\n");
        headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
        String signed = String.join(";", headers.keySet());
        canonical.append('\n').append(signed).append('\n').append(STREAMING);
        previous = HexFormat.of()
                .formatHex(hmac(key, "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                        + sha256(canonical.toString().getBytes(UTF_8))));
        request = soon(client.request(HttpMethod.POST, port, "127.0.0.1", PATH));
        request.putHeader("x-amz-content-sha256", STREAMING)
                .putHeader("x-amz-date", time)
                .putHeader("authorization", "AWS4-HMAC-SHA256 Credential=parley/" + scope + ", SignedHeaders="
                        + signed + ", Signature=" + previous);
        told = request.response().compose(HttpClientResponse::body); // from the beginning, or the first bytes are missed
        soon(request.writeHead());
    }

    static String today() {
        return TIME.format(Instant.now()).substring(0, 8);
    }

    static Caller now(int port) throws Exception {
        String time = TIME.format(Instant.now()); // once: two would be of two days at midnight
        return new Caller(port, time, time.substring(0, 8));
    }

    /** Returns an event as it is sent over the wire: a signed message around the message with the event. */
    byte[] signed(String json) {
        String bytes = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put(":event-type", "chunk");
        inner.put(":content-type", "application/json");
        inner.put(":message-type", "event");
        byte[] payload = new Frame(inner, ("{\"bytes\":\"" + bytes + "\"}").getBytes(UTF_8)).encoded();
        Instant date = Instant.now();
        byte[] signature = hmac(key, "AWS4-HMAC-SHA256-PAYLOAD\n" + TIME.format(date) + "\n" + scope + "\n"
                + previous + "\n" + sha256(Frame.encode(Map.of(":date", date))) + "\n" + sha256(payload));
        previous = HexFormat.of().formatHex(signature);
        Map<String, Object> outer = new LinkedHashMap<>();
        outer.put(":date", date);
        outer.put(":chunk-signature", signature);
        return new Frame(outer, payload).encoded();
    }

    Caller send(byte[] bytes) throws Exception {
        soon(request.write(Buffer.buffer(bytes)));
        return this;
    }

    /** Ends the client's side. */
    Caller end() throws Exception {
        soon(request.end());
        return this;
    }

    boolean answered() {
        return request.response().isComplete();
    }

    HttpClientResponse answer() throws Exception {
        return soon(request.response());
    }

    /** Returns the frames that the stream sends until it ends. */
    List<Frame> frames() throws Exception {
        return new EventStreamReader().feed(soon(told).getBytes());
    }

    private static <T> T soon(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
