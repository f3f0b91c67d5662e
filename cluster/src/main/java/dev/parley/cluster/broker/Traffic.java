package dev.parley.cluster.broker;

import dev.parley.cluster.message.MalformedMessageException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts messages, and keeps the faults of one from ending the subscription. Safe from any thread. */
public final class Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger gaps = new AtomicInteger();
    /** Whether a message could not be encoded. */
    private final AtomicBoolean unsendable = new AtomicBoolean();

    /** Counts a message that Redis has taken. */
    public void countSent() {
        sent.increment();
    }

    /** Counts a message that was not sent, or may not have been. */
    public void countDropped() {
        dropped.increment();
    }

    /** Counts a message that could not be encoded as dropped. Logs the first without its content. */
    void countUnsendable(RuntimeException cause) {
        if (unsendable.compareAndSet(false, true)) {
            LOG.warn("A message could not be encoded for other servers: {}. Further ones are only counted.",
                    cause.getClass().getName());
        }
        countDropped();
    }

    /** Counts that entries of the stream were removed before they were read. Logs the first time. */
    public void countGap() {
        if (gaps.getAndIncrement() == 0) {
            LOG.warn(
                    "Redis removed entries of the stream before this server could read them, or lost its data: its clients have missed"
                            + " broadcasts of other servers. Further times are only counted.");
        }
    }

    /** Handles one received message. Exceptions are counted, and logged without content. */
    public void receive(Runnable handling) {
        received.increment();
        try {
            handling.run();
        } catch (MalformedMessageException e) {
            if (rejected.sum() == 0) {
                LOG.warn("A message of another server was rejected: {}. Further ones are only counted.",
                        e.getMessage());
            }
            rejected.increment();
        } catch (RuntimeException e) {
            failed.increment();
            LOG.error("A message of another server could not be handled: {}", e.getClass().getName());
        }
    }

    /** The number of messages that Redis has taken. */
    public long sent() {
        return sent.sum();
    }

    /** The number of messages that were not sent, or may not have been. */
    public long dropped() {
        return dropped.sum();
    }

    /** The number of messages that came, those of this server included. */
    public long received() {
        return received.sum();
    }

    /** The number of messages that could not be understood. */
    public long rejected() {
        return rejected.sum();
    }

    /** The number of messages that could not be carried out. */
    public long failed() {
        return failed.sum();
    }

    /** How often entries of the stream were removed before they were read. */
    public long gaps() {
        return gaps.get();
    }
}
