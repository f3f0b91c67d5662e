package dev.parley.emulator.chat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends one reply as server-sent events, at the pace of the options, with the faults that hit its request. Belongs to its event loop.
 * Ends when the client leaves; a repetition ends after {@link #MAX_EVENTS}.
 */
final class ChatStream {

    static final int MAX_EVENTS = 20_000;
    private static final int ARGUMENT_PIECE = 8;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final ChatEmulatorOptions options;
    private final List<ChatFault> faults;
    private final List<String> events = new ArrayList<>();
    private final int repeatFrom;
    private final int repeatTo;
    private boolean broken;
    private int sent;
    private int at;

    ChatStream(Vertx vertx, HttpServerResponse response, ChatEmulatorOptions options, List<ChatFault> faults,
            ChatRequest request, ChatReply reply, ChatJson json) {
        this.vertx = vertx;
        this.response = response;
        this.options = options;
        this.faults = faults;
        events.add(json.begin());
        repeatFrom = events.size();
        pieces(reply.text()).forEach(piece -> events.add(json.text(piece)));
        repeatTo = events.size();
        for (int i = 0; i < reply.calls().size(); i++) {
            ChatReply.ToolUse call = reply.calls().get(i);
            events.add(json.call(i, call));
            for (String piece : argumentPieces(call.arguments())) {
                events.add(json.arguments(i, piece));
            }
        }
        events.add(json.end(reply.calls().isEmpty() ? "stop" : "tool_calls"));
        if (request.usage() && fault(ChatFault.Kind.NO_USAGE).isEmpty()) {
            events.add(json.usage(request, reply));
        }
        events.add("[DONE]");
    }

    void begin() {
        response.setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .putHeader("cache-control", "no-cache");
        later(options.firstToken(), this::next);
    }

    private void later(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            vertx.setTimer(Math.max(1, delay.toMillis()), _timer -> task.run());
        }
    }

    private void next() {
        while (at < events.size()) {
            if (response.closed() || response.ended() || sent > MAX_EVENTS || breaks()) {
                return;
            }
            var unused = response.write("data: " + events.get(at) + "\n\n");
            sent++;
            at++;
            if (at == repeatTo && repeatTo > repeatFrom && fault(ChatFault.Kind.REPEAT).isPresent()) {
                at = repeatFrom;
            }
            if (at < events.size() && (!options.eachToken().isZero() || response.writeQueueFull())) {
                later(options.eachToken().isZero() ? Duration.ofMillis(1) : options.eachToken(), this::next);
                return;
            }
        }
        var unused = response.end();
    }

    /** Performs a fault that is due now, and returns whether it ends the stream. */
    private boolean breaks() {
        Optional<ChatFault> due = faults.stream()
                .filter(ChatFault::ends)
                .filter(fault -> at > Math.min(fault.pieces(), events.size() - 2))
                .findFirst();
        due.ifPresent(fault -> {
            broken = true;
            if (fault.kind() == ChatFault.Kind.CUT) {
                var unused = response.write("data: {\"id\":\"chatcmpl");
                vertx.setTimer(1, _timer -> response.reset());
            } else if (fault.kind() == ChatFault.Kind.END) {
                var unused = response.end();
            }
        });
        return due.isPresent();
    }

    /** Returns whether a fault ended the stream. A stream that stalls is ended by the client. */
    boolean broken() {
        return broken && fault(ChatFault.Kind.STALL).isEmpty();
    }

    private Optional<ChatFault> fault(ChatFault.Kind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst();
    }

    /** Returns the words of a text, each with the space before it, as tokens usually are. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                pieces.add(text.substring(start, i));
                start = i;
            }
        }
        return pieces;
    }

    private List<String> argumentPieces(String arguments) {
        String whole = fault(ChatFault.Kind.MALFORMED).isPresent()
                ? "{\"broken\": \"" + arguments.substring(0, arguments.length() / 2)
                : arguments;
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < whole.length(); i += ARGUMENT_PIECE) {
            pieces.add(whole.substring(i, Math.min(whole.length(), i + ARGUMENT_PIECE)));
        }
        return pieces;
    }
}
