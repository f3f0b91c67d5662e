package dev.parley.emulator;

import dev.parley.nova.event.InputEvent;

/** Decides the replies on one stream. All calls are made on the stream's own event loop. */
public interface Mind {

    /** Handles the next event of the client; the order of events was checked. */
    void on(InputEvent event);

    /** Called when the stream is over; nothing may be sent any more. */
    void close();

    /** Creates the mind of a new stream. */
    interface Factory {
        Mind open(Voice voice, Later later);
    }

    /** Schedules the tasks of a mind. */
    interface Later {
        /**
         * Runs a task on the stream's event loop after a delay, unless the stream is over by then. May be called from any thread;
         * {@code millis} may be 0.
         */
        void in(long millis, Runnable task);
    }
}
