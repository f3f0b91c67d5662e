package dev.parley.emulator;

import dev.parley.nova.event.InputEvent;

/** What thinks of an answer, for one stream. All of it happens on the stream's own event loop. */
public interface Mind {

    /** The next event of the client; its order was checked. */
    void on(InputEvent event);

    /** The stream is over; nothing is to be said any more. */
    void close();

    /** Makes the mind of a new stream. */
    interface Factory {
        Mind open(Voice voice, Later later);
    }

    /** How a mind does something later. */
    interface Later {
        /** Runs it on the stream's event loop, unless the stream is over by then; from any thread. {@code millis} may be 0. */
        void in(long millis, Runnable task);
    }
}
