package dev.parley.server.http.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which requests have come. Each sender numbers its requests, so that a window of its last {@value #WINDOW} numbers is enough: a number is accepted
 * once, and not at all below the window. Safe from any thread. Limit: {@value #MAX_SENDERS} senders of 8 kB; one that is silent for longer than signatures are
 * valid is forgotten, and further ones are refused.
 */
final class ReplayGuard {
    static final int WINDOW = 65_536;
    static final int MAX_SENDERS = 1_000;

    private final Map<String, Sender> senders = new ConcurrentHashMap<>();
    private final long validMillis;

    /** @param validMillis how long after its last request a sender's signatures may be valid */
    ReplayGuard(long validMillis) {
        this.validMillis = validMillis;
    }

    /** Returns whether a request has not come before, and remembers it. Called for requests with a valid signature only. */
    boolean accept(String sender, long number, long now) {
        var known = senders.get(sender);
        if (known == null) {
            if (senders.size() >= MAX_SENDERS) {
                senders.values().removeIf(each -> each.isSilentSince(now - validMillis));
            }
            if (senders.size() >= MAX_SENDERS) {
                return false;
            }
            known = senders.computeIfAbsent(sender, name -> new Sender());
        }
        return known.accept(number, now);
    }

    int size() {
        return senders.size();
    }

    /** The window of one sender, as a ring of bits. */
    private static final class Sender {
        private final long[] bits = new long[WINDOW / Long.SIZE];
        private long highest;
        private long lastTime = Long.MIN_VALUE;

        synchronized boolean isSilentSince(long time) {
            return lastTime < time;
        }

        synchronized boolean accept(long number, long now) {
            if (number <= 0 || number <= highest - WINDOW) {
                return false;
            }
            lastTime = Math.max(lastTime, now);
            if (number > highest) {
                long first = Math.max(highest + 1, number - WINDOW + 1);
                for (long left = number - first; left >= 0; left--) {
                    bits[word(number - left)] &= ~(1L << (number - left));
                }
                highest = number;
            } else if ((bits[word(number)] & (1L << number)) != 0) {
                return false;
            }
            bits[word(number)] |= 1L << number;
            return true;
        }

        private static int word(long number) {
            return (int) (number % WINDOW / Long.SIZE);
        }
    }
}
