package dev.parley.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The handlers of what happens to one socket itself, run by its mailbox in order with those of its events. The failure of one does not
 * keep the others from running. Safe from any thread.
 */
final class LifecycleHandlers {
    final List<BiConsumer<String, Throwable>> error = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> disconnecting = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> disconnect = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> upgrade = new CopyOnWriteArrayList<>();
    final List<Runnable> drain = new CopyOnWriteArrayList<>();
    private final Mailbox mailbox;

    LifecycleHandlers(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** There is room again, after a sender found none. */
    void drained() {
        if (!drain.isEmpty()) {
            mailbox.run("drain", () -> each("drain", drain, Runnable::run));
        }
    }

    void upgraded(String transport) {
        // A connection handler that still runs may be about to add one.
        if (mailbox.busy() || !upgrade.isEmpty()) {
            mailbox.run("upgrade", () -> each("upgrade", upgrade, handler -> handler.accept(transport)));
        }
    }

    /** @param forgetRooms runs between the two kinds of handlers, of which only the first still see the rooms */
    void left(String reason, Runnable forgetRooms) {
        if (!mailbox.busy() && disconnecting.isEmpty() && disconnect.isEmpty()) {
            forgetRooms.run();
            return;
        }
        mailbox.run("disconnecting",
                () -> each("disconnecting", disconnecting, handler -> handler.accept(reason)));
        mailbox.run("disconnect", () -> {
            forgetRooms.run();
            each("disconnect", disconnect, handler -> handler.accept(reason));
        });
    }

    /**
     * Calls the error handlers at once, on the calling thread.
     *
     * @param ofErrorHandler takes what an error handler throws, which no error handler is called for
     */
    void failed(String event, Throwable failure, Consumer<Throwable> ofErrorHandler) {
        each(error, handler -> handler.accept(event, failure), ofErrorHandler);
    }

    private <H> void each(String event, List<H> all, Consumer<H> call) {
        each(all, call, failure -> mailbox.failed(event, failure));
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
