package dev.parley.server.internal.handler;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The handlers of one socket's own life, run by its queue in order with those of its events. The failure of one does not keep the others
 * from running. Safe from any thread.
 */
public final class LifecycleHandlers {
    final List<BiConsumer<String, Throwable>> error = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> disconnecting = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> disconnect = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> upgrade = new CopyOnWriteArrayList<>();
    final List<Runnable> drain = new CopyOnWriteArrayList<>();
    private final HandlerQueue handlerQueue;

    public LifecycleHandlers(HandlerQueue handlerQueue) {
        this.handlerQueue = handlerQueue;
    }

    /** Runs the handlers for a send queue that has room again. */
    public void drained() {
        if (!drain.isEmpty()) {
            handlerQueue.run("drain", () -> each("drain", drain, Runnable::run));
        }
    }

    public void upgraded(String transport) {
        // A connection handler that still runs may be about to add one.
        if (handlerQueue.busy() || !upgrade.isEmpty()) {
            handlerQueue.run("upgrade", () -> each("upgrade", upgrade, handler -> handler.accept(transport)));
        }
    }

    /**
     * Runs the handlers of a disconnection.
     *
     * @param forgetRooms runs between the two kinds of handlers, of which only the first still see the rooms
     */
    public void left(String reason, Runnable forgetRooms) {
        if (!handlerQueue.busy() && disconnecting.isEmpty() && disconnect.isEmpty()) {
            forgetRooms.run();
            return;
        }
        handlerQueue.run("disconnecting",
                () -> each("disconnecting", disconnecting, handler -> handler.accept(reason)));
        handlerQueue.run("disconnect", () -> {
            forgetRooms.run();
            each("disconnect", disconnect, handler -> handler.accept(reason));
        });
    }

    /**
     * Calls the error handlers at once, on the calling thread.
     *
     * @param ofErrorHandler takes what an error handler throws, which no error handler is called for
     */
    public void failed(String event, Throwable failure, Consumer<Throwable> ofErrorHandler) {
        each(error, handler -> handler.accept(event, failure), ofErrorHandler);
    }

    private <H> void each(String event, List<H> all, Consumer<H> call) {
        each(all, call, failure -> handlerQueue.failed(event, failure));
    }

    private static <H> void each(List<H> all, Consumer<H> call, Consumer<Throwable> failed) {
        for (H handler : all) {
            try {
                call.accept(handler);
            } catch (Throwable e) {
                failed.accept(e);
            }
        }
    }
}
