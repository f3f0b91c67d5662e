package dev.parley.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that unfinished bodies and messages of all clients may take together. Without it, a high limit for one message would let
 * a few clients fill the heap. Safe from any thread.
 */
final class UnreadBudget {
    private final AtomicLong left;

    UnreadBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** One body or message, from its first bytes to its last. Used by one thread. */
    Share share() {
        return new Share();
    }

    final class Share {
        private long held;

        /** Takes room for more bytes; false when there is none. */
        boolean grow(long bytes) {
            if (left.addAndGet(-bytes) < 0) {
                left.addAndGet(bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        /** Takes room for this many bytes in all, or gives back what is too much; false when there is none. */
        boolean hold(long bytes) {
            if (bytes > held) {
                return grow(bytes - held);
            }
            left.addAndGet(held - bytes);
            held = bytes;
            return true;
        }

        /** Gives all of it back. */
        void release() {
            left.addAndGet(held);
            held = 0;
        }
    }
}
