package dev.parley.app.call;

import dev.parley.voice.conversation.BrowserCommand;
import dev.parley.voice.conversation.ConversationOptions.Limits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A browser without a socket: it keeps what it is sent. */
final class FakeBrowser implements Line {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final List<String> received = new CopyOnWriteArrayList<>();
    final List<String> acknowledged = new CopyOnWriteArrayList<>();
    volatile boolean hungUp;
    private final String id = "browser-" + NUMBER.incrementAndGet();
    private final Call call;

    FakeBrowser(Exchange exchange) {
        this.call = exchange.connect(this);
    }

    /** @param json the whole argument array */
    void send(String event, String json) {
        call.browser(BrowserCommand.decode(event, json, List.of(), Limits.defaults()), false, answer -> {});
    }

    void send(String event) {
        send(event, "[\"" + event + "\"]");
    }

    void ask(String event) {
        call.browser(BrowserCommand.decode(event, "[\"" + event + "\"]", List.of(), Limits.defaults()), true,
                acknowledged::add);
    }

    void leave() {
        call.disconnected("transport close");
    }

    boolean heard(String event) {
        return received.stream().anyMatch(json -> json.startsWith("[\"" + event + "\""));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void emit(String event, String json, List<byte[]> attachments) {
        received.add(json);
    }

    @Override
    public void hangUp() {
        hungUp = true;
    }
}
