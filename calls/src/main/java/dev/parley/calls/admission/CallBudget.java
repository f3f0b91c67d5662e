package dev.parley.calls.admission;

import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.Alarm;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * The budget of all conversations: places, a line for those that find none, and the tokens and the money of a day. {@link LocalBudget} is one
 * server's own, {@link SharedBudget} is the same for all servers of a cluster. Thread-safe; no method waits, except {@link #close}.
 */
public interface CallBudget extends AutoCloseable {

    /** One who wants a place, and the name of that place until {@link #leave}. Called from any thread, without a lock held; must not block. */
    interface Waiter {

        /** Its position in the line has changed; 1 is next, 0 means that it has a place, which it gives back by {@link #leave}. */
        void number(int position);

        /** There is no room in the line. */
        void full();

        /** It has had its place for as long as its user, or its address, may have one today. */
        default void timeOver() {}

        /** Returns whether its user is away at present, so that its place can be given to another conversation of the same user. */
        default boolean isAway() {
            return false;
        }

        /** Its place was given to another conversation of the same user: it should leave. */
        default void giveWay() {}

        /** Returns whose place it is. Always the same. */
        Visitor visitor();

        /** Returns whether it had a place at another server. Then it waits before all others, and is not refused. Always the same. */
        default boolean continues() {
            return false;
        }

        /** Returns the {@linkplain CallBudget#name name} of the place that it had there; "" if it had none. Always the same. */
        default String formerPlace() {
            return "";
        }
    }

    /** The response to a request for a place. */
    enum Answer {
        /** It has a place. */
        ADMITTED,
        /** It waits, and is told its position. */
        WAITING,
        /** There is no room in the line. */
        FULL,
        /** The user, or its address, has as many places as it may. */
        TOO_MANY,
        /** The user, or its address, has asked for places too often in a minute. */
        TOO_OFTEN,
        /** The user, or its address, has had places for as long as it may today. */
        TIME_OVER
    }

    /**
     * The use of one day.
     *
     * @param tokens of all kinds
     * @param cost   in dollars
     */
    record Spent(long tokens, double cost) {

        /** Nothing. */
        public static final Spent NOTHING = new Spent(0, 0);

        Spent plus(Spent more) {
            return new Spent(tokens + more.tokens, cost + more.cost);
        }

        Spent minus(Spent less) {
            return new Spent(Math.max(0, tokens - less.tokens), Math.max(0, cost - less.cost));
        }

        Spent times(int factor) {
            return new Spent(tokens * factor, cost * factor);
        }
    }

    /**
     * The terms of a budget, and the time in which it lives.
     *
     * @param places     maximum number of places; 0 admits nobody at present
     * @param maxWaiting maximum number of those who wait
     * @param alarm      closed by its owner
     * @param executor   runs tasks that may wait for a file
     * @param zone       of days
     * @param networks   names the network of an address, from which one client can take addresses at will
     */
    record Terms(IntSupplier places, int maxWaiting, Alarm alarm, Executor executor, InstantSource clock,
            ZoneId zone, UnaryOperator<String> networks) {}

    /** Creates the budget of a server. */
    @FunctionalInterface
    interface Factory {

        /** Returns a budget of which nothing is used. */
        CallBudget create(Terms terms);
    }

    /** Asks for a place. A waiter is told its position as soon as that is known, and again when it changes. */
    Answer enter(Waiter waiter);

    /** Gives the waiter's place back, or takes it out of the line. Does nothing if it has neither. */
    void leave(Waiter waiter);

    /** Returns the name of the waiter's place among those of all servers; "" if only this server knows it. */
    default String name(Waiter waiter) {
        return "";
    }

    /** Returns the number of places that this server's conversations have. */
    int open();

    /** Returns the number of those who wait at this server. */
    int waiting();

    /** Adds to what was used today. It is kept beyond the end of the process, ten seconds later at most. */
    void spend(Visitor visitor, Spent more);

    /** Returns what was used today, as far as known. */
    Spent today();

    /** Returns what this user used today at this server; without a user, what its address used. */
    Spent today(Visitor visitor);

    /** Gives everything back. Waits at most a second. */
    @Override
    void close();
}
