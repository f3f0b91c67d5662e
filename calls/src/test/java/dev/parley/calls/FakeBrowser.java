package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.visitor.Admission;
import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.CommandLimits;
import dev.parley.voice.contract.EncodedEvent;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A browser without a socket: it keeps what it is sent. */
final class FakeBrowser implements BrowserConnection {

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([A-Za-z0-9_-]{32,64})\"");
    private static final String CHUNK = Base64.getEncoder().encodeToString(new byte[1024]);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final List<String> received = new CopyOnWriteArrayList<>();
    final List<String> acknowledged = new CopyOnWriteArrayList<>();
    volatile boolean disconnected;
    private final String id = "browser-" + NUMBER.incrementAndGet();
    private final CallBinding binding;
    private volatile boolean gone;

    private final Admission admission;

    FakeBrowser(Calls calls) {
        this(calls, Visitor.unknown("192.0.2.1"));
    }

    FakeBrowser(Calls calls, Visitor visitor) {
        this(calls, Admission.of(visitor));
    }

    FakeBrowser(Calls calls, Admission admission) {
        this.admission = admission;
        this.binding = new CallBinding(calls, this);
    }

    @Override
    public Visitor visitor() {
        return admission.visitor();
    }

    @Override
    public Admission admission() {
        return admission;
    }

    /** @param json the whole argument array */
    void send(String event, String json) {
        binding.browser(BrowserCodec.decode(event, json, List.of(), CommandLimits.defaults()), false,
                answer -> {});
    }

    void send(String event) {
        send(event, "[\"" + event + "\"]");
    }

    /** Sends 32 ms of silence. */
    void sendAudio() {
        send("audioInput", "[\"audioInput\",\"" + CHUNK + "\"]");
    }

    void leave() {
        leave("transport close");
    }

    void leave(String reason) {
        gone = true;
        binding.gone(reason);
    }

    /** @param json the argument of initializeConnection */
    void initialize(String json) {
        binding.browser(
                BrowserCodec.decode("initializeConnection", "[\"initializeConnection\"," + json + "]",
                        List.of(), CommandLimits.defaults()),
                true, answer -> acknowledged.add(BrowserCodec.encode(answer)));
    }

    /** By which it finds its conversation again: the first thing that one who asked was told. */
    String token() {
        var token = TOKEN.matcher(received.getFirst());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    boolean heard(String event) {
        return count(event) > 0;
    }

    int count(String event) {
        return (int) received.stream().filter(json -> json.startsWith("[\"" + event + "\"")).count();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void emit(EncodedEvent event) {
        if (!gone) {
            received.add(event.json());
        }
    }

    @Override
    public void disconnect() {
        disconnected = true;
    }
}
