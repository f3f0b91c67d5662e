package dev.parley.emulator;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputJson;
import dev.parley.nova.event.InputOrder;
import dev.parley.nova.event.MalformedEventException;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputJson;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emulates the service's side of one stream. Checks frames, signatures and the order of events, applies the time limits, and injects the
 * requested faults. Confined to its connection's event loop.
 */
final class ServiceStream implements Mind.Later {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceStream.class);
    private static final Pattern ENVELOPE = Pattern.compile("\\{\"bytes\":\"([A-Za-z0-9+/=]*)\".*}",
            Pattern.DOTALL);
    private static final int MAX_UNSENT = 4 << 20;
    private static final long LIFE = 480_000;
    private static final Duration LONGER_THAN_A_STREAM = Duration.ofMinutes(9);
    private static final long NO_INPUT = 55_000;
    private static final long SILENCE = 175_000;

    private final Context loop;
    private final HttpServerRequest request;
    private final Signatures signatures;
    private final EmulatorOptions options;
    private final List<Fault> faults;
    private final Runnable onOver;
    private final EventStreamReader reader = new EventStreamReader();
    private final InputOrder order = new InputOrder();
    private final Set<Long> timers = new HashSet<>();
    private final Set<String> toolUses = new HashSet<>();
    private final Turns turns = new Turns(this::moment);
    private @Nullable Mind mind;
    private String prompt = "";
    private final String session = UUID.randomUUID().toString();
    private final String completion = UUID.randomUUID().toString();
    private boolean answering;
    private boolean stalled;
    private boolean muted;
    private boolean over;
    private long lastInput = System.nanoTime();
    private long lastSound = System.nanoTime();
    private int padding;

    ServiceStream(Context loop, HttpServerRequest request, Signatures signatures, EmulatorOptions options,
            List<Fault> faults, Runnable onOver) {
        this.loop = loop;
        this.request = request;
        this.signatures = signatures;
        this.options = options;
        this.faults = faults;
        this.onOver = onOver;
    }

    void begin(Mind.Factory minds) {
        LOG.atInfo().addKeyValue("session", session).log("a stream is opened");
        mind = minds.open(new Voice(this::say, this::fail), this);
        request.response().setWriteQueueMaxSize(MAX_UNSENT);
        request.response().exceptionHandler(_reset -> over());
        request.response().closeHandler(_closed -> over());
        request.exceptionHandler(_reset -> over());
        request.endHandler(_end -> ended());
        request.handler(this::received);
        if (faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.SLOW)) {
            request.pause();
            every(100, () -> request.fetch(1)); // at most one buffer of some kilobytes, ten times a second
        }
    }

    private void received(Buffer bytes) {
        if (over || stalled) {
            return;
        }
        try {
            for (Frame frame : reader.feed(bytes.getBytes())) {
                if (!signatures.next(frame)) {
                    fail("validationException", "The signature of an event does not fit.");
                    return;
                }
                if (frame.payload().length > 0 && !over) {
                    event(Frame.decoded(frame.payload()));
                }
            }
        } catch (MalformedEventException | IllegalArgumentException broken) {
            fail("validationException", "Invalid input request: " + broken.getMessage());
        }
    }

    private void event(Frame frame) {
        var envelope = ENVELOPE.matcher(new String(frame.payload(), StandardCharsets.UTF_8));
        if (!frame.text(":event-type").equals("chunk") || !envelope.matches()) {
            throw new MalformedEventException("a message that is no chunk");
        }
        InputEvent event = InputJson.read(Base64.getDecoder().decode(envelope.group(1)));
        lastInput = System.nanoTime();
        answer();
        order.on(event).ifPresent(wrong -> fail("validationException", "Invalid input request: " + wrong));
        if (over) {
            return;
        }
        switch (event) {
            case InputEvent.PromptStart start -> prompt = start.prompt();
            case InputEvent.AudioInput audio when loud(audio.pcm()) -> lastSound = lastInput;
            case InputEvent.ContentStart start when start.body() instanceof InputEvent.Body.Tool(var use)
                    && !toolUses.remove(use) ->
                fail("validationException", "No tool use with this id is open in this stream.");
            case InputEvent.ToolResult result when !json(result.json()) ->
                fail("validationException", "Tool Response parsing error");
            default -> {}
        }
        if (!over) {
            turns.on(event, event instanceof InputEvent.AudioInput audio && loud(audio.pcm()));
        }
        if (mind != null && !over) {
            mind.on(event);
        }
        if (event instanceof InputEvent.SessionEnd && !over) {
            say(new OutputEvent.CompletionEnd());
            end();
        }
    }

    /** Sends the head of the response with the first event, not before. */
    private void answer() {
        if (answering) {
            return;
        }
        answering = true;
        request.response()
                .setStatusCode(200)
                .putHeader("content-type", "application/vnd.amazon.eventstream")
                .putHeader("x-amzn-requestid", session);
        var unused = request.response().writeHead();
        in(sped(LIFE), () -> fail("modelTimeoutException",
                "Model has timed out in processing the request. Try your request again."));
        every(Math.max(20, sped(1_000)), this::watch);
        moment(Fault.Moment.OPENED);
    }

    private void moment(Fault.Moment at) {
        for (Fault fault : faults) {
            if (fault.begins(at, turns.number())) {
                in(fault.after().toMillis(), () -> goWrong(fault));
            }
        }
    }

    private void watch() {
        long now = System.nanoTime();
        if (now - lastInput > sped(NO_INPUT) * 1_000_000) {
            fail("validationException", "Timed out waiting for input events");
        } else if (now - lastSound > sped(SILENCE) * 1_000_000) {
            fail("validationException",
                    "InternalErrorCode=531::RST_STREAM closed stream. HTTP/2 error code: NO_ERROR");
        }
    }

    private void goWrong(Fault fault) {
        LOG.debug("injecting the fault {}", fault.kind());
        switch (fault.kind()) {
            case EXCEPTION -> {
                String[] parts = fault.detail().split(":", 2);
                fail(parts[0], parts.length > 1 ? parts[1] : "A fault that was asked for.");
            }
            case RESET -> {
                var unused = request.response().reset(2);
                over();
            }
            case GOAWAY -> {
                var unused = request.connection().shutdown(LONGER_THAN_A_STREAM);
            }
            case END -> end();
            case CUT -> {
                byte[] frame = chunk(new OutputEvent.CompletionStart());
                send(Arrays.copyOf(frame, frame.length / 2));
                end();
            }
            case DROP -> {
                var unused = request.connection().close();
            }
            case STALL -> {
                stalled = true;
                request.pause();
            }
            case MUTE -> muted = true;
            case SLOW, STATUS -> {} // applied from the beginning
        }
    }

    private void say(OutputEvent event) {
        if (event instanceof OutputEvent.ToolUse use) {
            toolUses.add(use.toolUseId());
        }
        send(chunk(event));
        turns.on(event);
    }

    private byte[] chunk(OutputEvent event) {
        byte[] json = OutputJson.write(event, new OutputJson.Ids(session, prompt, completion));
        var headers = new LinkedHashMap<String, Object>();
        headers.put(":event-type", "chunk");
        headers.put(":content-type", "application/json");
        headers.put(":message-type", "event");
        String padded = "abcdefghijklmnopqrstuvwxyz".substring(0, padding++ % 26);
        String payload = "{\"bytes\":\"" + Base64.getEncoder().encodeToString(json) + "\",\"p\":\"" + padded
                + "\"}";
        return new Frame(headers, payload.getBytes(StandardCharsets.UTF_8)).encoded();
    }

    private void fail(String exception) {
        fail(exception, "The model failed.");
    }

    private void fail(String exception, String message) {
        if (over) {
            return;
        }
        LOG.debug("ending a stream with {}: {}", exception, message);
        answer();
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(":exception-type", exception);
        headers.put(":content-type", "application/json");
        headers.put(":message-type", "exception");
        send(new Frame(headers, ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8))
                .encoded());
        end();
    }

    private void send(byte[] bytes) {
        if (over || stalled || muted) {
            return;
        }
        if (request.response().writeQueueFull()) {
            var unused = request.response().reset(0xb); // ENHANCE_YOUR_CALM: the client does not read
            over();
            return;
        }
        var unused = request.response().write(Buffer.buffer(bytes));
    }

    /** Called when the client has ended its side. */
    private void ended() {
        if (over || stalled) {
            return;
        }
        if (reader.cut()) {
            fail("validationException", "Invalid input request: the stream ends in the middle of a message");
        } else {
            answer();
            end();
        }
    }

    private void end() {
        if (!over) {
            over();
            var unused = request.response().end();
        }
    }

    private void over() {
        if (!over) {
            over = true;
            timers.forEach(loop.owner()::cancelTimer);
            timers.clear();
            if (mind != null) {
                mind.close();
            }
            onOver.run();
        }
    }

    @Override
    public void in(long millis, Runnable task) {
        loop.runOnContext(_now -> {
            if (over) {
                return;
            }
            if (millis <= 0) {
                task.run();
                return;
            }
            timers.add(loop.owner().setTimer(millis, id -> {
                timers.remove(id);
                if (!over) {
                    task.run();
                }
            }));
        });
    }

    private void every(long millis, Runnable task) {
        timers.add(loop.owner().setPeriodic(millis, _id -> {
            if (!over) {
                task.run();
            }
        }));
    }

    private long sped(long millis) {
        return Math.max(1, Math.round(millis / options.timeFactor()));
    }

    private static boolean json(String text) {
        String bare = text.strip();
        return bare.startsWith("{") && bare.endsWith("}");
    }

    private static boolean loud(byte[] pcm) {
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            if (Math.abs((pcm[i] & 0xff) | (pcm[i + 1] << 8)) > 300) {
                return true;
            }
        }
        return false;
    }
}
