package dev.parley.cluster.member;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The servers of a cluster, as this one last heard from Redis. A server that leaves is known to have left at once, one that dies within 15 s. While
 * Redis is away, nobody joins or dies. Safe from any thread; no method blocks.
 */
public interface Membership {
    /** This server, as the others see it. */
    Member self();

    /** All servers that live, this one included, in the order of their tags. Unmodifiable. */
    List<Member> members();

    /** Returns another server that lives. */
    Optional<Member> find(String tag);

    /** Returns whether a server with this tag left or died within the last minutes. */
    boolean hasLeft(String tag);

    /**
     * Asks Redis now, and calls back once: with true when it has responded, with false when it has not within 5 s, or at once when it is known to be away. Calls
     * at one time share a question.
     */
    void refresh(Consumer<Boolean> then);

    /** Adds a listener for what happens from now on. */
    void addListener(Listener listener);

    /** Is told of changes, in order, on one thread at a time, which it must not block. */
    interface Listener {
        /** Another server has joined. */
        default void joined(Member member) {}

        /** Another server opens no more sessions. Not called of one that drains when it is first seen. */
        default void draining(Member member) {}

        /**
         * Another server has left or died.
         *
         * @param inOrder whether it left by itself, after its sessions had ended
         */
        default void left(Member member, boolean inOrder) {}
    }
}
