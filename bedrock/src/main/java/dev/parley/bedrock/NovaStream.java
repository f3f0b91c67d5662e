package dev.parley.bedrock;

import dev.parley.nova.ChainEffect;
import dev.parley.nova.ChainInput;
import dev.parley.nova.StreamChain;
import dev.parley.nova.StreamFailure;
import dev.parley.nova.event.MalformedEventException;
import dev.parley.nova.event.OutputJson;
import dev.parley.voice.Mailbox;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one conversation: feeds its {@link StreamChain} and performs the effects that the chain returns. All work is done in tasks, by one thread
 * at a time: a virtual thread, or the calling thread if no other thread runs tasks. At most {@value #ROOM} tasks wait. Audio is dropped
 * once {@value #SOUND_ROOM} tasks wait; the conversation fails if any other command finds no room.
 */
final class NovaStream implements ModelStream {

    private static final Logger LOG = LoggerFactory.getLogger(NovaStream.class);
    private static final int ROOM = 1_024;
    private static final int SOUND_ROOM = 256;

    private final StreamChain chain;
    private final NovaSonicModel model;
    private final Consumer<ModelEvent> events;
    private final Mailbox<Runnable> owner = new Mailbox<>(
            work -> Thread.ofVirtual().name("nova-stream").start(work), Runnable::run);

    /** Accessed only by the owner, like all fields below. */
    private final Map<Integer, BedrockStream> streams = new HashMap<>();
    private final StreamDeadlines deadlines;
    private Runnable cancelWake = () -> {};
    private boolean over;

    NovaStream(StreamChain chain, NovaSonicModel model, Consumer<ModelEvent> events) {
        this.chain = chain;
        this.model = model;
        this.events = events;
        this.deadlines = new StreamDeadlines(model.alarm(), stream -> owner.post(() -> cancel(stream), ROOM));
    }

    @Override
    public void send(ModelCommand command) {
        boolean sound = command instanceof ModelCommand.Audio;
        if (!owner.perform(() -> feed(new ChainInput.Command(command)), sound ? SOUND_ROOM : ROOM)
                && !sound) {
            fail(new ModelEvent.Failed(ModelEvent.Failed.Kind.RECOVERABLE,
                    "Too much was asked for at once."));
        }
    }

    /** Ends the conversation at once with this last event. May be called from any thread. */
    void fail(ModelEvent last) {
        owner.post(() -> {
            if (!over) {
                end(last);
            }
        }, Integer.MAX_VALUE);
    }

    private void post(ChainInput input) {
        owner.post(() -> feed(input), Integer.MAX_VALUE); // few: limited by the number of streams and their unhandled events
    }

    private void feed(ChainInput input) {
        if (over) {
            return;
        }
        try {
            Instant now = model.clock().instant();
            List<ChainEffect> effects = chain.on(input, now);
            for (ChainEffect effect : effects) {
                carryOut(effect, now);
            }
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a conversation with Nova Sonic failed");
            end(new ModelEvent.Failed(ModelEvent.Failed.Kind.RECOVERABLE, "The speech model failed."));
        }
    }

    private void carryOut(ChainEffect effect, Instant now) {
        switch (effect) {
            case ChainEffect.Open(int stream) -> open(stream);
            case ChainEffect.Send(int stream, var event) -> {
                BedrockStream to = streams.get(stream);
                if (to != null && !to.send(event)) {
                    LOG.atWarn().addKeyValue("stream", stream).log("a stream to Nova Sonic is stuck");
                    to.cancel();
                }
            }
            case ChainEffect.Finish(int stream) -> {
                BedrockStream ending = streams.get(stream);
                if (ending != null) {
                    ending.finish();
                    deadlines.finishing(stream, model.options().finishWait());
                }
            }
            case ChainEffect.Cancel(int stream) -> cancel(stream);
            case ChainEffect.Emit(var event) -> {
                if (event instanceof ModelEvent.Ended || event instanceof ModelEvent.Failed) {
                    end(event);
                } else {
                    events.accept(event);
                }
            }
            case ChainEffect.Wake(var at) -> {
                cancelWake.run();
                cancelWake = model.alarm().in(Duration.between(now, at), () -> post(new ChainInput.Tick()));
            }
        }
    }

    private void open(int number) {
        var opened = new BedrockStream[1];
        var credentialsEnd = model.credentialsEnd();
        var listener = new BedrockStream.Listener() {
            @Override
            public void connected() {
                owner.post(() -> {
                    deadlines.connected(number);
                    feed(new ChainInput.Connected(number, credentialsEnd));
                }, Integer.MAX_VALUE);
            }

            @Override
            public void told(byte[] json) {
                owner.post(() -> {
                    read(number, json);
                    opened[0].handled();
                }, Integer.MAX_VALUE);
            }

            @Override
            public void over(StreamFailure why) {
                model.streamOver();
                owner.post(() -> {
                    streams.remove(number);
                    deadlines.over(number);
                    LOG.atDebug().addKeyValue("stream", number).addKeyValue("kind", why.kind()).log("ended");
                    feed(new ChainInput.Ended(number, why));
                }, Integer.MAX_VALUE);
            }
        };
        opened[0] = new BedrockStream(listener, new EventQueue(model.options().stallWait()));
        streams.put(number, opened[0]);
        deadlines.opening(number, model.options().connectWait());
        model.streamOpened();
        opened[0].open(model.client(), model.options().modelId());
    }

    private void read(int number, byte[] json) {
        try {
            feed(new ChainInput.Received(number, OutputJson.read(json)));
        } catch (MalformedEventException malformed) {
            LOG.atWarn()
                    .addKeyValue("reason", malformed.getMessage())
                    .log("Nova Sonic sent an event that cannot be read");
        }
    }

    private void cancel(int stream) {
        BedrockStream dropped = streams.get(stream);
        if (dropped != null) {
            dropped.cancel();
        }
    }

    /** Ends the conversation. This is the only place where one ends. */
    private void end(ModelEvent last) {
        over = true;
        cancelWake.run();
        deadlines.close();
        List.copyOf(streams.values()).forEach(BedrockStream::cancel);
        events.accept(last);
        model.forget(this);
    }
}
